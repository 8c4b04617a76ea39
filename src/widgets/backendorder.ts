// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Backend } from '../_schema';

/** The backends in their order, this machine last: who has a gateway wants that first. */
export function localLast(backends: readonly Backend[]): Backend[] {
  const isLocal = (backend: Backend): boolean => backend.kind === 'local';
  return [
    ...backends.filter(backend => !isLocal(backend)),
    ...backends.filter(isLocal)
  ];
}
