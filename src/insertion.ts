// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISessionContext } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import type { ICodeCell } from '@jupyterlab/nbformat';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import {
  isEdited,
  isSameOrigin,
  type ISnippetOrigin,
  originMetadata,
  readOrigin,
  type SharedCell,
  writeOrigin
} from './origin';

/** A cell's source ends with its last line; that of a file, as which the server gives it, with the line's end. */
function asSource(code: string): string {
  return code.trimEnd();
}

/** A snippet as a notebook's cell. */
export function snippetCell(code: string, origin: ISnippetOrigin): ICodeCell {
  const source = asSource(code);
  return {
    cell_type: 'code',
    source,
    metadata: {
      // Like each cell that a user makes, it is trusted while it has no output.
      trusted: true,
      ...originMetadata(source, origin)
    },
    outputs: [],
    execution_count: null
  };
}

/** Whether a notebook's cells cannot be changed. */
export function isReadOnly(panel: NotebookPanel): boolean {
  const { model, contentsModel } = panel.context;
  return model.readOnly || contentsModel?.writable === false;
}

/** The cells of a notebook that a snippet was put into. */
export function markedCells(panel: NotebookPanel): readonly SharedCell[] {
  const { cells } = panel.context.model.sharedModel;
  return cells.filter(
    cell => cell.cell_type === 'code' && readOrigin(cell) !== null
  );
}

/**
 * The cell that holds the same way to the same cluster; among several one that
 * nobody has changed. Undefined where there is none that may be changed.
 */
export function findSnippetCell(
  panel: NotebookPanel,
  origin: Pick<ISnippetOrigin, 'cluster' | 'way' | 'backend'>
): SharedCell | undefined {
  const found = markedCells(panel).filter(
    cell =>
      isSameOrigin(readOrigin(cell)!, origin) &&
      cell.getMetadata('editable') !== false
  );
  return found.find(cell => !isEdited(cell)) ?? found[0];
}

/** Put a snippet into a new cell below another one, or else below the active one. It can be undone. */
export function insertIntoNotebook(
  panel: NotebookPanel,
  code: string,
  origin: ISnippetOrigin,
  below?: SharedCell
): void {
  const shared = panel.context.model.sharedModel;
  const above = below ? shared.cells.indexOf(below) : -1;
  const index = Math.min(
    (above === -1 ? panel.content.activeCellIndex : above) + 1,
    shared.cells.length
  );
  shared.insertCell(index, snippetCell(code, origin));
  goToCell(panel, index);
}

/**
 * Bring the code of a cell up to date. It can be undone, in one step, with what is noted of it.
 *
 * @returns false where the cell is no longer in the notebook.
 */
export function updateInNotebook(
  panel: NotebookPanel,
  cell: SharedCell,
  code: string,
  origin: ISnippetOrigin
): boolean {
  const index = panel.context.model.sharedModel.cells.indexOf(cell);
  if (index === -1) {
    return false;
  }
  const source = asSource(code);
  cell.transact(() => {
    if (cell.getSource() !== source) {
      cell.setSource(source);
    }
    writeOrigin(cell, source, origin);
  });
  goToCell(panel, index);
  return true;
}

/** Make a cell the active one, alone, and bring it into view. */
export function goToCell(panel: NotebookPanel, index: number): void {
  const { content } = panel;
  content.deselectAll();
  content.activeCellIndex = index;
  content.mode = 'command';
  void NotebookActions.focusActiveCell(content, { waitUntilReady: true });
}

/** Put a snippet into a console's prompt, above what stands there, unless it stands there already. */
export function insertIntoPrompt(prompt: CodeCell, code: string): void {
  const { sharedModel } = prompt.model;
  const standing = sharedModel.getSource();
  const snippet = asSource(code);
  if (!standing.includes(snippet)) {
    sharedModel.updateSource(0, 0, standing ? `${snippet}\n` : snippet);
  }
  prompt.editor?.focus();
}

/**
 * The language of a session's kernel, in lower case; null where it is not
 * known, for example because the session has no kernel.
 */
export function languageOf(session: ISessionContext): string | null {
  const { kernelPreference, specsManager } = session;
  const name = session.session?.kernel?.name ?? kernelPreference.name;
  const spec = name ? specsManager.specs?.kernelspecs[name] : undefined;
  const language = spec?.language ?? kernelPreference.language;
  return language ? language.toLowerCase() : null;
}
