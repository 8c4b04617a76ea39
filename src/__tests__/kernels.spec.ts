// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { IConsoleTracker } from '@jupyterlab/console';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { snippetCell } from '../insertion';
import type { ISnippetOrigin } from '../origin';
import { addConnectCommand } from '../plugins/kernels/command';
import type { IKernelContext } from '../plugins/kernels/context';
import { onOpened } from '../plugins/kernels/opened';
import { CommandIDs } from '../tokens';
import { backendWith, FakeManager } from '../widgets/__tests__/fakemanager';
import { KernelConnections } from '../widgets/kernelconnections';
import { FakeKernel } from './fakekernel';
import { aCluster, aSnippet, settled } from './fakeserver';

const CLUSTER = aCluster({ label: 'mosaic' });
const ORIGIN: ISnippetOrigin = {
  cluster: CLUSTER.id,
  way: 'connect',
  backend: 'hub',
  label: 'mosaic',
  options: { worker_cores: 2 },
  scaling: { mode: 'manual', count: 1 },
  names: { cluster: 'cluster', client: 'client' }
};

let manager: FakeManager;
let kernel: FakeKernel;
let model: NotebookModel;
let panel: NotebookPanel;
let context: IKernelContext;
let commands: CommandRegistry;

beforeEach(() => {
  Notification.dismiss();
  manager = new FakeManager();
  manager.backends = [backendWith()];
  manager.clusters = [CLUSTER];
  manager.snippets = () => Promise.resolve([aSnippet({ code: 'connect()' })]);
  kernel = new FakeKernel();
  model = new NotebookModel();
  commands = new CommandRegistry();
  panel = {
    isDisposed: false,
    disposed: new Signal({}),
    title: { label: 'a.ipynb' },
    content: { activeCellIndex: 0, deselectAll: () => undefined },
    context: {
      model,
      ready: Promise.resolve(),
      path: 'a.ipynb',
      localPath: 'a.ipynb'
    },
    sessionContext: kernel.sessionContext
  } as unknown as NotebookPanel;
  context = {
    app: {
      commands,
      shell: { currentWidget: panel }
    } as unknown as JupyterFrontEnd,
    manager,
    connections: new KernelConnections(),
    recent: { cluster: null, notebooks: new Set() },
    notebooks: { currentWidget: panel } as INotebookTracker,
    consoles: { currentWidget: null } as IConsoleTracker,
    trans: nullTranslator.load('pccompute_ext'),
    clusterOfContextMenu: () => undefined
  };
});
afterEach(() => model.dispose());

const offers = () =>
  Notification.manager.notifications.map(({ message, options }) => ({
    message,
    actions: options.actions ?? []
  }));

describe('connecting a kernel', () => {
  beforeEach(() => addConnectCommand(context));
  const connect = () =>
    commands.execute(CommandIDs.connectKernel, { id: CLUSTER.id });
  const outcome = () => context.connections.of(CLUSTER.id);

  it('runs the code, and tells when it does and under which name', async () => {
    kernel.delay = new PromiseDelegate();
    const done = connect();
    await settled();
    expect(outcome()).toEqual({ state: 'connecting', place: 'a.ipynb' });
    kernel.delay.resolve();
    expect(await done).toBe(true);
    expect(kernel.ran).toEqual(['connect()']);
    expect(outcome()).toMatchObject({ state: 'connected', client: 'client' });
    expect(context.recent.cluster).toBe(CLUSTER.id);
  });

  it('runs nothing where it is connected already', async () => {
    kernel.answer = '{"client_3": "client"}';
    expect(await connect()).toBe(true);
    expect(kernel.ran).toEqual([]);
    expect(outcome()).toMatchObject({ client: 'client_3' });
  });

  it('tells the error in short, and in full without colours', async () => {
    kernel.outcome = {
      status: 'error',
      ename: 'OSError',
      evalue: 'timed out',
      traceback: ['\u001b[0;31mTraceback\u001b[0m', 'OSError']
    };
    expect(await connect()).toBe(false);
    expect(outcome()).toEqual({
      state: 'failed',
      place: 'a.ipynb',
      message: 'OSError: timed out',
      details: 'Traceback\nOSError'
    });
  });

  it('tells where the kernel was interrupted before', async () => {
    kernel.outcome = { status: 'aborted' };
    expect(await connect()).toBe(false);
    expect(outcome()).toMatchObject({ state: 'failed', details: '' });
  });

  it('is forgotten when the kernel restarts', async () => {
    await connect();
    kernel.become('busy');
    expect(outcome()).not.toBeNull();
    kernel.become('restarting');
    expect(outcome()).toBeNull();
  });

  it('says why it can’t be done', async () => {
    kernel.spec.language = 'R';
    expect(await connect()).toBe(false);
    expect(offers()[0].message).toContain('does not run Python');
    Object.assign(context.notebooks!, { currentWidget: null });
    expect(await connect()).toBe(false);
    expect(offers().some(({ message }) => message.includes('is open'))).toBe(
      true
    );
    expect(outcome()).toBeNull();
  });
});

describe('a notebook that is opened', () => {
  const stopOffering = jest.fn();
  const open = (settings = {}) =>
    onOpened(
      context,
      {
        autoConnect: false,
        offerReconnect: true,
        stopOffering,
        ...settings
      },
      panel
    );
  const mark = () =>
    model.sharedModel.insertCell(0, snippetCell('old', ORIGIN));

  it('offers to connect to the cluster that it used, once, quietly', async () => {
    mark();
    await open();
    expect(offers()).toHaveLength(1);
    expect(offers()[0].message).toBe(
      'a.ipynb used the cluster mosaic, which is running.'
    );
    expect(kernel.ran).toEqual([]);
    const [connect, stop] = offers()[0].actions;
    stop.callback(new MouseEvent('click'));
    expect(stopOffering).toHaveBeenCalled();
    connect.callback(new MouseEvent('click'));
    await settled();
    expect(kernel.ran).toEqual(['connect()']);
    // The offer goes when it is no longer needed.
    manager.clustersChanged.emit();
    expect(offers()).toEqual([]);
  });

  it('offers nothing without a cell, where it is connected, or where nobody wants it', async () => {
    await open();
    mark();
    await open({ offerReconnect: false });
    context.recent.notebooks.add('a.ipynb');
    await open();
    context.recent.notebooks.clear();
    kernel.answer = '{"client": "client"}';
    await open();
    kernel.spec.language = 'R';
    await open();
    expect(offers()).toEqual([]);
  });

  it('takes its offer back when it is closed', async () => {
    mark();
    await open();
    (panel.disposed as Signal<unknown, void>).emit();
    expect(offers()).toEqual([]);
  });

  it('offers the same cluster again where it is gone, and brings the cell up to date', async () => {
    mark();
    manager.clusters = [];
    const asked = jest.fn();
    const again = aCluster({ id: '00000000000000b2', state: 'pending' });
    commands.addCommand(CommandIDs.createCluster, {
      execute: args => {
        asked(args);
        manager.clusters = [again];
        return again;
      }
    });
    await open();
    expect(offers()[0].message).toBe(
      'The cluster mosaic that a.ipynb used is gone.'
    );
    offers()[0].actions[0].callback(new MouseEvent('click'));
    await settled();
    expect(asked).toHaveBeenCalledWith({
      ask: true,
      backend: 'hub',
      options: { worker_cores: 2 },
      scaling: { mode: 'manual', count: 1 },
      label: 'mosaic'
    });
    const [cell] = model.sharedModel.cells;
    expect(cell.getSource()).toBe('old');
    manager.set({ clusters: [{ ...again, state: 'running' }] });
    await settled();
    expect(cell.getSource()).toBe('connect()');
  });

  it('offers nothing in place of a cluster that may still be there', async () => {
    mark();
    manager.clusters = [];
    manager.problems = [{ backend: 'hub', code: 'timeout', message: '…' }];
    await open();
    expect(offers()).toEqual([]);
  });

  describe('by itself, where the setting says so,', () => {
    it('connects to the only cluster that runs', async () => {
      await open({ autoConnect: true });
      expect(kernel.ran).toEqual(['connect()']);
      expect(context.connections.of(CLUSTER.id)?.state).toBe('connected');
      expect(offers()).toEqual([]);
    });

    it('connects to the one used last, among several; to none where none was', async () => {
      const other = aCluster({ id: '00000000000000b2' });
      manager.clusters = [CLUSTER, other];
      await open({ autoConnect: true });
      expect(kernel.ran).toEqual([]);
      context.recent.cluster = other.id;
      await open({ autoConnect: true });
      expect(context.connections.of(other.id)?.state).toBe('connected');
    });

    it('waits for a kernel that is busy', async () => {
      kernel.connection.status = 'starting';
      const done = open({ autoConnect: true });
      await settled();
      expect(kernel.ran).toEqual([]);
      kernel.become('idle');
      await done;
      expect(kernel.ran).toEqual(['connect()']);
    });
  });
});
