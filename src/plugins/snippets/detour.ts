// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Snippet } from '../../_schema';
import type { ISnippetOrigin } from '../../origin';
import type { ISnippetContext } from './context';
import { copySnippet } from './copying';
import {
  canOpenConsole,
  kernelFor,
  openConsoleWith,
  openNotebookWith
} from './opening';
import type { Target } from './target';

/** Where else the code can go to, if not to where the user is. */
type Detour = 'notebook' | 'console' | 'clipboard';

/**
 * Say why the code cannot go to where the user is, and offer other places.
 *
 * @returns Whether it went to one of them.
 */
export async function detour(
  context: ISnippetContext,
  target: Target | null,
  reason: string,
  snippet: Snippet,
  origin: ISnippetOrigin
): Promise<boolean> {
  const { app, browser, recent } = context;
  switch (await askDetour(context, reason, snippet)) {
    case 'notebook':
      // Beside the notebook that can't take it; else where the user looks for files.
      await openNotebookWith(
        app,
        target?.kind === 'notebook'
          ? PathExt.dirname(target.panel.context.path)
          : (browser?.model.path ?? ''),
        snippet,
        origin,
        recent
      );
      return true;
    case 'console':
      await openConsoleWith(app, snippet);
      return true;
    case 'clipboard':
      copySnippet(context, snippet);
      return true;
    default:
      return false;
  }
}

async function askDetour(
  { app, trans }: ISnippetContext,
  reason: string,
  { language }: Snippet
): Promise<Detour | null> {
  const { kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const choices: [Detour, string][] = [['clipboard', trans.__('Copy Code')]];
  if (kernelFor(kernelspecs.specs, language)) {
    choices.push(['notebook', trans.__('New Python Notebook')]);
    if (canOpenConsole(app)) {
      choices.push(['console', trans.__('New Python Console')]);
    }
  }
  const { button } = await showDialog({
    title: trans.__('Where shall the code go?'),
    body: reason,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      ...choices.map(([choice, label]) =>
        Dialog.okButton({ label, actions: [choice] })
      )
    ]
  });
  const chosen = choices.find(([id]) => button.actions.includes(id));
  return chosen ? chosen[0] : null;
}
