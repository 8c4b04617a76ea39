// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { putIntoNotebook } from '../plugins/snippets/notebook';
import { ofCluster } from '../plugins/snippets/source';
import { FakeManager } from '../widgets/__tests__/fakemanager';
import { press } from './dialogs';
import { FakeKernel } from './fakekernel';
import { aCluster, aSnippet } from './fakeserver';

/** The server's way to number a name: the first that is not taken. */
function numbered(base: string, taken: readonly string[]): string {
  let name = base;
  for (let number = 2; taken.includes(name); number++) {
    name = `${base}_${number}`;
  }
  return name;
}

describe('putting code into a notebook', () => {
  const cluster = aCluster();
  let manager: FakeManager;
  let kernel: FakeKernel;
  let model: NotebookModel;
  let panel: NotebookPanel;
  let version: number;

  const put = () =>
    putIntoNotebook(
      {
        manager,
        trans: nullTranslator.load('pccompute_ext'),
        clusterOfContextMenu: () => undefined
      },
      panel,
      ofCluster(cluster),
      aSnippet()
    );
  const sources = () => model.sharedModel.cells.map(cell => cell.getSource());

  beforeEach(() => {
    version = 1;
    manager = new FakeManager();
    manager.snippets = (_, taken = []) => {
      const client = numbered('client', taken);
      const names = { cluster: numbered('cluster', taken), client };
      const code = `${client} = ${version}`;
      return Promise.resolve([aSnippet({ code, names })]);
    };
    kernel = new FakeKernel();
    model = new NotebookModel();
    model.sharedModel.insertCell(0, { cell_type: 'code', source: 'a' });
    panel = {
      content: {
        activeCellIndex: 0,
        deselectAll: () => undefined,
        activate: () => undefined
      },
      context: { model },
      sessionContext: kernel.sessionContext
    } as unknown as NotebookPanel;
  });
  afterEach(() => {
    model.dispose();
    document.body.replaceChildren();
  });

  it('avoids the names of something else, and keeps its names when it is updated', async () => {
    kernel.answer = '{"client": "other"}';
    await put();
    expect(sources()).toEqual(['a', 'client_2 = 1']);
    // By now the cell has run, and the other one is gone.
    kernel.answer = '{"client_2": "client"}';
    version = 2;
    await put();
    expect(sources()).toEqual(['a', 'client_2 = 2']);
  });

  it('asks where the code was changed: it may go below', async () => {
    await put();
    model.sharedModel.cells[1].setSource('client = mine');
    const done = put();
    expect(await press('Insert Below')).toContain('the code was changed');
    expect(await done).toBe(true);
    expect(sources()).toEqual(['a', 'client = mine', 'client = 1']);
    // From then on that one is updated, without a question.
    version = 2;
    await put();
    expect(sources()).toEqual(['a', 'client = mine', 'client = 2']);
  });

  it('asks where the code was changed: it may be replaced, or left alone', async () => {
    await put();
    model.sharedModel.cells[1].setSource('client = mine');
    let done = put();
    await press('Cancel');
    expect(await done).toBe(false);
    expect(sources()).toEqual(['a', 'client = mine']);
    done = put();
    await press('Replace');
    expect(await done).toBe(true);
    expect(sources()).toEqual(['a', 'client = 1']);
  });

  it('makes a new cell where that is deleted while the code is asked for', async () => {
    await put();
    const { snippets } = manager;
    manager.snippets = (id, taken) => {
      if (model.sharedModel.cells.length > 1) {
        model.sharedModel.deleteCell(1);
      }
      return snippets(id, taken);
    };
    await put();
    expect(sources()).toEqual(['a', 'client = 1']);
  });
});
