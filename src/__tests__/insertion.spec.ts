// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISessionContext } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook';
import {
  insertIntoNotebook,
  insertIntoPrompt,
  isReadOnly,
  languageOf
} from '../insertion';

const ORIGIN = { cluster: '00000000000000a1', way: 'connect' };
const CODE = 'client = cluster.get_client()';

/** A panel whose model is a real one; of the view there is only what insertion uses. */
function notebook(
  sources: string[],
  active: number
): { panel: NotebookPanel; model: INotebookModel } {
  const model = new NotebookModel();
  model.sharedModel.deleteCellRange(0, model.sharedModel.cells.length);
  model.sharedModel.insertCells(
    0,
    sources.map(source => ({ cell_type: 'code', source, metadata: {} }))
  );
  model.sharedModel.clearUndoHistory();
  const content = {
    activeCellIndex: active,
    mode: 'edit',
    deselectAll: () => undefined,
    activate: () => undefined
  };
  const context = { model, contentsModel: { writable: true } };
  return { panel: { content, context } as unknown as NotebookPanel, model };
}

function sourcesOf(model: INotebookModel): string[] {
  return model.sharedModel.cells.map(cell => cell.getSource());
}

describe('a snippet in a notebook', () => {
  it('goes below the active cell, which it makes the new one', () => {
    const { panel, model } = notebook(['a', 'b'], 0);
    expect(insertIntoNotebook(panel, CODE, ORIGIN)).toBe(true);
    expect(sourcesOf(model)).toEqual(['a', CODE, 'b']);
    expect(panel.content.activeCellIndex).toBe(1);
    expect(model.sharedModel.cells[1].getMetadata('pccompute')).toEqual(ORIGIN);
  });

  it('goes into an empty one, without an empty last line', () => {
    const { panel, model } = notebook([], -1);
    insertIntoNotebook(panel, `${CODE}\n`, ORIGIN);
    expect(sourcesOf(model)).toEqual([CODE]);
  });

  it('can be undone', () => {
    const { panel, model } = notebook(['a'], 0);
    insertIntoNotebook(panel, CODE, ORIGIN);
    model.sharedModel.undo();
    expect(sourcesOf(model)).toEqual(['a']);
  });

  it('is not there twice, but brought up to date', () => {
    const { panel, model } = notebook(['a', 'b'], 0);
    insertIntoNotebook(panel, 'old', ORIGIN);
    panel.content.activeCellIndex = 2;
    expect(insertIntoNotebook(panel, CODE, ORIGIN)).toBe(false);
    expect(sourcesOf(model)).toEqual(['a', CODE, 'b']);
    expect(panel.content.activeCellIndex).toBe(1);
  });

  it('leaves that of another cluster, or another way, alone', () => {
    const { panel, model } = notebook([], -1);
    insertIntoNotebook(panel, CODE, ORIGIN);
    insertIntoNotebook(panel, 'x', { ...ORIGIN, way: 'other' });
    insertIntoNotebook(panel, 'y', { ...ORIGIN, cluster: 'b2' });
    expect(sourcesOf(model)).toEqual([CODE, 'x', 'y']);
  });

  it('has no place where nothing can be changed', () => {
    const { panel, model } = notebook([], -1);
    expect(isReadOnly(panel)).toBe(false);
    model.readOnly = true;
    expect(isReadOnly(panel)).toBe(true);
    model.readOnly = false;
    Object.assign(panel.context.contentsModel!, { writable: false });
    expect(isReadOnly(panel)).toBe(true);
  });
});

describe('a snippet at a prompt', () => {
  /** A prompt in which `standing` was typed. */
  function prompt(standing: string): CodeCell {
    const { model } = notebook([standing], 0);
    return { model: model.cells.get(0) } as unknown as CodeCell;
  }
  const sourceOf = (cell: CodeCell) => cell.model.sharedModel.getSource();

  it('fills an empty one', () => {
    const cell = prompt('');
    insertIntoPrompt(cell, `${CODE}\n`);
    expect(sourceOf(cell)).toBe(CODE);
  });

  it('goes above what stands there', () => {
    const cell = prompt('x = 1');
    insertIntoPrompt(cell, CODE);
    expect(sourceOf(cell)).toBe(`${CODE}\nx = 1`);
  });

  it('is not there twice', () => {
    const cell = prompt('x = 1');
    insertIntoPrompt(cell, CODE);
    insertIntoPrompt(cell, CODE);
    expect(sourceOf(cell)).toBe(`${CODE}\nx = 1`);
  });
});

describe('the language of a session', () => {
  const specs = {
    kernelspecs: { python3: { language: 'python' }, ir: { language: 'R' } }
  };
  const session = (kernel: string | null, preference = {}) =>
    ({
      session: kernel ? { kernel: { name: kernel } } : null,
      kernelPreference: preference,
      specsManager: { specs }
    }) as unknown as ISessionContext;

  it('is that of its kernel', () => {
    expect(languageOf(session('ir', { name: 'python3' }))).toBe('r');
  });

  it('is that of the kernel that it would start', () => {
    expect(languageOf(session(null, { name: 'python3' }))).toBe('python');
    expect(languageOf(session(null, { language: 'R' }))).toBe('r');
  });

  it('is not known without a kernel', () => {
    expect(languageOf(session(null))).toBeNull();
  });
});
