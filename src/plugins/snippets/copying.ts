// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { Snippet } from '../../_schema';
import type { IChoiceContext } from '../commands/context';

/** Put the code of a snippet into the clipboard. */
export function copyQuietly({ code }: Snippet): void {
  Clipboard.copyToSystem(code);
}

/** Put the code of a snippet into the clipboard, and say so. */
export function copySnippet({ trans }: IChoiceContext, snippet: Snippet): void {
  copyQuietly(snippet);
  Notification.success(trans.__('Copied: %1', snippet.title), {
    autoClose: 3000
  });
}
