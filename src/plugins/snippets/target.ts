// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ISessionContext } from '@jupyterlab/apputils';
import type { ConsolePanel, IConsoleTracker } from '@jupyterlab/console';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { isReadOnly, languageOf } from '../../insertion';

/** Where code can go to. */
export type Target =
  | { readonly kind: 'notebook'; readonly panel: NotebookPanel }
  | { readonly kind: 'console'; readonly panel: ConsolePanel };

/** The notebook or console in front, else the one used last; a notebook before a console. */
export function currentTarget(
  shell: JupyterFrontEnd.IShell,
  notebooks: INotebookTracker | null,
  consoles: IConsoleTracker | null
): Target | null {
  const inFront = shell.currentWidget;
  const console = consoles?.currentWidget;
  if (console && inFront === console) {
    return { kind: 'console', panel: console };
  }
  const notebook = notebooks?.currentWidget;
  if (notebook) {
    return { kind: 'notebook', panel: notebook };
  }
  return console ? { kind: 'console', panel: console } : null;
}

/** Why code in `language` cannot go to a target, for people; null where it can. */
export async function obstacle(
  target: Target | null,
  language: string,
  trans: TranslationBundle
): Promise<string | null> {
  if (!target) {
    return trans.__('No notebook is open.');
  }
  if (target.kind === 'notebook') {
    await target.panel.context.ready;
    if (isReadOnly(target.panel)) {
      return trans.__(
        'The notebook %1 is read-only.',
        target.panel.title.label
      );
    }
  }
  return foreignKernel(target.panel.sessionContext, language, trans);
}

function foreignKernel(
  session: ISessionContext,
  language: string,
  trans: TranslationBundle
): string | null {
  const spoken = languageOf(session);
  return spoken !== null && spoken !== language
    ? trans.__(
        'The kernel of %1 (%2) runs another language than that of the code (%3).',
        session.name,
        session.kernelDisplayName,
        language
      )
    : null;
}
