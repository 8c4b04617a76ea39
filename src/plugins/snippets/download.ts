// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Snippet } from '../../_schema';

/** Have the browser save the code of a snippet under its file name. */
export function download({ code, filename }: Snippet): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([code], { type: 'text/plain' }));
  link.download = filename ?? '';
  link.click();
  // The browser has taken the address by the time that this task is over.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
