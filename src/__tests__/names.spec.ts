// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook';
import { snippetCell } from '../insertion';
import type { ISnippetOrigin } from '../origin';
import { namesInUse, takenAt, takenBefore } from '../plugins/snippets/names';
import { aCluster } from './fakeserver';
import { FakeKernel } from './fakekernel';

const CLUSTER = aCluster();

describe('the names in use in a kernel', () => {
  it('are those of something else, and that of a client that is connected', async () => {
    const kernel = new FakeKernel();
    kernel.answer =
      '{"client": "other", "cluster": "own", "client_2": "client"}';
    expect(await namesInUse(kernel.connection, CLUSTER)).toEqual({
      taken: ['client'],
      client: 'client_2'
    });
    const [{ code, silent, store_history, user_expressions }] = kernel.asked;
    expect({ code, silent, store_history }).toEqual({
      code: '',
      silent: true,
      store_history: false
    });
    expect(Object.values(user_expressions ?? {})).toEqual([
      expect.stringContaining(JSON.stringify(CLUSTER.name))
    ]);
  });

  it('are not asked for in one that stays busy, and there need be none', async () => {
    const kernel = new FakeKernel();
    kernel.connection.status = 'busy';
    const nothing = { taken: [], client: null };
    expect(await namesInUse(kernel.connection, CLUSTER, 1)).toEqual(nothing);
    expect(kernel.asked).toEqual([]);
    expect(await namesInUse(null, CLUSTER)).toEqual(nothing);
  });

  it('are asked for once a busy one is idle, however long that takes', async () => {
    const kernel = new FakeKernel();
    kernel.answer = '{"client": "other"}';
    kernel.connection.status = 'busy';
    const names = namesInUse(kernel.connection, CLUSTER, Infinity);
    kernel.become('starting');
    expect(kernel.asked).toEqual([]);
    kernel.become('idle');
    expect((await names).taken).toEqual(['client']);
  });

  it('are not waited for in one that ends', async () => {
    const kernel = new FakeKernel();
    kernel.connection.status = 'busy';
    const names = namesInUse(kernel.connection, CLUSTER, Infinity);
    kernel.become('dead');
    expect((await names).taken).toEqual([]);
    expect(kernel.asked).toEqual([]);
  });

  it.each(['', '[1', '3', 'None'])('may not be known: %p', async answer => {
    const kernel = new FakeKernel();
    kernel.answer = answer;
    expect((await namesInUse(kernel.connection, null)).taken).toEqual([]);
  });
});

describe('the names that code had better not make', () => {
  const origin: ISnippetOrigin = {
    cluster: 'b2',
    way: 'connect',
    backend: 'hub',
    label: null,
    options: {},
    scaling: null,
    names: { cluster: 'cluster_2', client: 'client_2' }
  };

  it('are those in the kernel and those of the code for other clusters', async () => {
    const model = new NotebookModel();
    model.sharedModel.insertCells(0, [
      snippetCell('other', origin),
      snippetCell('same', {
        ...origin,
        cluster: CLUSTER.id,
        names: { cluster: 'cluster', client: 'client' }
      })
    ]);
    const kernel = new FakeKernel();
    kernel.answer = '{"client": "other"}';
    const panel = {
      context: { model },
      sessionContext: kernel.sessionContext
    } as unknown as NotebookPanel;
    const target = { kind: 'notebook', panel } as const;
    expect(await takenAt(target, CLUSTER)).toEqual([
      'client',
      'cluster_2',
      'client_2'
    ]);
    kernel.spec.language = 'R';
    expect(await takenAt(target, CLUSTER)).toEqual(['cluster_2', 'client_2']);
    expect(kernel.asked).toHaveLength(1);
    model.dispose();
  });

  it('are all before those that a cell keeps', () => {
    expect(takenBefore(null)).toEqual([]);
    expect(takenBefore({ cluster: 'cluster', client: 'client' })).toEqual([]);
    for (const cluster of ['cluster', null]) {
      expect(takenBefore({ cluster, client: 'client_3' })).toEqual([
        'client',
        'client_2'
      ]);
    }
  });
});
