// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Snippet } from '../../_schema';
import {
  findSnippetCell,
  insertIntoNotebook,
  updateInNotebook
} from '../../insertion';
import { isEdited, readOrigin } from '../../origin';
import type { IChoiceContext } from '../commands/context';
import { takenAt, takenBefore } from './names';
import { type ISnippetSource, noteOf, snippetOf } from './source';

/** What becomes of a cell whose code somebody has changed. */
type Fate = 'replace' | 'keep';

/**
 * Put a snippet into a notebook: into the cell that holds the same one, which
 * keeps its names, or else into a new one, with names that nothing else has.
 *
 * @returns false where the person was asked about a cell that they had changed, and cancelled.
 */
export async function putIntoNotebook(
  context: IChoiceContext,
  panel: NotebookPanel,
  source: ISnippetSource,
  usual: Snippet
): Promise<boolean> {
  const cell = findSnippetCell(panel, noteOf(usual, source));
  const fate =
    cell && isEdited(cell) ? await askFate(context.trans) : 'replace';
  if (fate === null) {
    return false;
  }
  if (cell && fate === 'replace') {
    const names = readOrigin(cell)?.names ?? null;
    const snippet = await snippetOf(
      context,
      source,
      usual.id,
      takenBefore(names)
    );
    const note = noteOf(snippet, source);
    if (updateInNotebook(panel, cell, snippet.code, note)) {
      return true;
    }
  }
  const taken = await takenAt({ kind: 'notebook', panel }, source.cluster);
  const snippet = await snippetOf(context, source, usual.id, taken);
  insertIntoNotebook(panel, snippet.code, noteOf(snippet, source), cell);
  return true;
}

async function askFate(trans: TranslationBundle): Promise<Fate | null> {
  const { button } = await showDialog({
    title: trans.__('Replace the code that you changed?'),
    body: trans.__(
      'This notebook has a cell with this code already, and the code was changed since it was inserted.'
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({
        label: trans.__('Insert Below'),
        actions: ['keep']
      }),
      Dialog.warnButton({ label: trans.__('Replace'), actions: ['replace'] })
    ],
    defaultButton: 1
  });
  const [fate] = button.actions as Fate[];
  return button.accept ? (fate ?? null) : null;
}
