// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISessionContext } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import type { ICodeCell } from '@jupyterlab/nbformat';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import { JSONExt } from '@lumino/coreutils';

/** The key of a cell's metadata under which it is noted what its code connects to. */
const METADATA = 'pccompute';

/** Which snippet of which cluster a cell holds. */
export interface ISnippetOrigin {
  /** The cluster's public id. */
  readonly cluster: string;
  /** The id of the way to connect. */
  readonly way: string;
}

/** A cell's source ends with its last line; that of a file, as which the server gives it, with the line's end. */
function asSource(code: string): string {
  return code.trimEnd();
}

/** A snippet as a notebook's cell. */
export function snippetCell(code: string, origin: ISnippetOrigin): ICodeCell {
  return {
    cell_type: 'code',
    source: asSource(code),
    metadata: {
      // Like each cell that a user makes, it is trusted while it has no output.
      trusted: true,
      [METADATA]: { ...origin }
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

/**
 * Put a snippet into a new cell below the active one, or, where the notebook
 * has a cell of the same origin already, into that. It can be undone.
 *
 * @returns whether a new cell was made.
 */
export function insertIntoNotebook(
  panel: NotebookPanel,
  code: string,
  origin: ISnippetOrigin
): boolean {
  const { content } = panel;
  const shared = panel.context.model.sharedModel;
  const found = shared.cells.findIndex(cell =>
    JSONExt.deepEqual(cell.getMetadata(METADATA) ?? null, { ...origin })
  );
  let index = found;
  if (found === -1) {
    index = Math.min(content.activeCellIndex + 1, shared.cells.length);
    shared.insertCell(index, snippetCell(code, origin));
  } else if (shared.cells[found].getSource() !== asSource(code)) {
    shared.cells[found].setSource(asSource(code));
  }
  goToCell(panel, index);
  return found === -1;
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
