// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISessionContext } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook';
import {
  findSnippetCell,
  insertIntoNotebook,
  insertIntoPrompt,
  isReadOnly,
  languageOf,
  updateInNotebook
} from '../insertion';
import { isEdited, type ISnippetOrigin, originOf, readOrigin } from '../origin';
import { aSnippet } from './fakeserver';

const ORIGIN: ISnippetOrigin = {
  cluster: '00000000000000a1',
  way: 'connect',
  backend: 'hub',
  label: 'mosaic',
  options: { worker_cores: 2 },
  scaling: { mode: 'adaptive', minimum: 0, maximum: 4 },
  names: { cluster: 'cluster', client: 'client' }
};
const CODE = 'client = cluster.get_client()';

/** A panel whose model is a real one; of the view there is only what insertion uses. */
function notebook(
  sources: string[],
  active: number,
  options: NotebookModel.IOptions = {}
): { panel: NotebookPanel; model: INotebookModel } {
  const model = new NotebookModel(options);
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
    insertIntoNotebook(panel, CODE, ORIGIN);
    expect(sourcesOf(model)).toEqual(['a', CODE, 'b']);
    expect(panel.content.activeCellIndex).toBe(1);
    expect(readOrigin(model.sharedModel.cells[1])).toEqual(ORIGIN);
  });

  it('goes below a cell that is named', () => {
    const { panel, model } = notebook(['a', 'b'], 1);
    insertIntoNotebook(panel, CODE, ORIGIN, model.sharedModel.cells[0]);
    expect(sourcesOf(model)).toEqual(['a', CODE, 'b']);
  });

  it('goes into an empty one, without an empty last line', () => {
    const { panel, model } = notebook([], -1);
    insertIntoNotebook(panel, `${CODE}\n`, ORIGIN);
    expect(sourcesOf(model)).toEqual([CODE]);
    expect(isEdited(model.sharedModel.cells[0])).toBe(false);
  });

  it('can be undone', () => {
    const { panel, model } = notebook(['a'], 0);
    insertIntoNotebook(panel, CODE, ORIGIN);
    model.sharedModel.undo();
    expect(sourcesOf(model)).toEqual(['a']);
  });

  it('is brought up to date where it is, wherever it was moved, and nothing else is touched', () => {
    const { panel, model } = notebook(['a', 'b'], 0);
    insertIntoNotebook(panel, 'old', ORIGIN);
    model.sharedModel.moveCell(1, 2);
    panel.content.activeCellIndex = 0;
    const cell = findSnippetCell(panel, ORIGIN)!;
    expect(updateInNotebook(panel, cell, CODE, ORIGIN)).toBe(true);
    expect(sourcesOf(model)).toEqual(['a', 'b', CODE]);
    expect(panel.content.activeCellIndex).toBe(2);
    expect(isEdited(cell)).toBe(false);
  });

  it.each([true, false])(
    'is brought up to date in one step (undo by cell: %p)',
    disableDocumentWideUndoRedo => {
      const { panel, model } = notebook([], -1, {
        disableDocumentWideUndoRedo
      });
      insertIntoNotebook(panel, 'old', ORIGIN);
      const [cell] = model.sharedModel.cells;
      cell.clearUndoHistory();
      const now = { ...ORIGIN, label: 'renamed' };
      updateInNotebook(panel, cell, CODE, now);
      expect(readOrigin(cell)).toEqual(now);
      cell.undo();
      expect(cell.getSource()).toBe('old');
      expect(readOrigin(cell)).toEqual(ORIGIN);
      expect(isEdited(cell)).toBe(false);
      cell.redo();
      expect(cell.getSource()).toBe(CODE);
    }
  );

  it('is not brought up to date in a cell that is gone', () => {
    const { panel, model } = notebook(['a'], 0);
    insertIntoNotebook(panel, 'old', ORIGIN);
    const cell = findSnippetCell(panel, ORIGIN)!;
    model.sharedModel.deleteCell(1);
    expect(updateInNotebook(panel, cell, CODE, ORIGIN)).toBe(false);
    expect(sourcesOf(model)).toEqual(['a']);
  });

  it('is not that of another cluster, or another way', () => {
    const { panel } = notebook(['a'], 0);
    insertIntoNotebook(panel, CODE, ORIGIN);
    expect(findSnippetCell(panel, { ...ORIGIN, way: 'other' })).toBeUndefined();
    expect(
      findSnippetCell(panel, { ...ORIGIN, cluster: 'b2' })
    ).toBeUndefined();
  });

  it('that makes a new cluster is known by its backend', () => {
    const { panel } = notebook([], -1);
    const anew = { ...ORIGIN, cluster: null, way: 'new-cluster' };
    insertIntoNotebook(panel, CODE, anew);
    expect(findSnippetCell(panel, anew)).toBeDefined();
    expect(findSnippetCell(panel, { ...anew, backend: 'az' })).toBeUndefined();
  });

  it('is rather one that nobody has changed, and never one that is locked', () => {
    const { panel, model } = notebook([], -1);
    insertIntoNotebook(panel, CODE, ORIGIN);
    insertIntoNotebook(panel, CODE, ORIGIN);
    const [first, second] = model.sharedModel.cells;
    first.setSource(`${CODE}  # mine`);
    expect(isEdited(first)).toBe(true);
    expect(findSnippetCell(panel, ORIGIN)).toBe(second);
    second.setMetadata('editable', false);
    expect(findSnippetCell(panel, ORIGIN)).toBe(first);
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

describe('what is noted of a snippet', () => {
  it('holds nothing that may be secret, not even the code', () => {
    const { panel, model } = notebook([], -1);
    const secret = { environment: { A: 'canary' }, api_token: 'canary' };
    const options = { worker_cores: 1, ...secret };
    const snippet = aSnippet({ code: 'name = "canary"' });
    const request = { backend: 'hub', options };
    insertIntoNotebook(panel, snippet.code, originOf(snippet, null, request));
    const [cell] = model.sharedModel.cells;
    expect(JSON.stringify(cell.getMetadata())).not.toContain('canary');
    expect(readOrigin(cell)?.options).toEqual({ worker_cores: 1 });
  });

  it('is read with care', () => {
    const { model } = notebook(['a'], 0);
    const [cell] = model.sharedModel.cells;
    expect(readOrigin(cell)).toBeNull();
    for (const noted of [null, 'x', 3, [], {}, { way: 7 }]) {
      cell.setMetadata('pccompute', noted);
      expect(readOrigin(cell)).toBeNull();
    }
    cell.setMetadata('pccompute', {
      way: 'connect',
      cluster: 5,
      options: [],
      scaling: { mode: 'adaptive', minimum: 9, maximum: 1 },
      names: { client: {} }
    });
    expect(readOrigin(cell)).toEqual({
      cluster: null,
      way: 'connect',
      backend: '',
      label: null,
      options: {},
      scaling: null,
      names: null
    });
    expect(isEdited(cell)).toBe(true);
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
