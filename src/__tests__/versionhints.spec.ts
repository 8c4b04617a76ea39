// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { VersionDifference } from '../_schema';
import { ClusterManager } from '../manager';
import {
  addVersionCommands,
  compareBeside
} from '../plugins/versions/comparing';
import { CommandIDs } from '../tokens';
import { aCluster, eventStream, FakeApi, settled } from './fakeserver';

const ID = aCluster().id;

const dask: VersionDifference = {
  package: 'dask',
  kernel: '2026.8.0',
  scheduler: '2024.4.2',
  workers: ['2024.4.2'],
  matters: true,
  why: 'They may not understand each other.',
  advice: 'Choose another image.'
};
const tornado = { ...dask, package: 'tornado', matters: false, why: null };

describe('what differs between a kernel and a cluster', () => {
  let api: FakeApi;
  let manager: ClusterManager;
  let commands: CommandRegistry;
  let changed: string[];
  let kernel: string | null;

  const list = async (...clusters: ReturnType<typeof aCluster>[]) => {
    api.listed = { clusters, problems: [] };
    await manager.refresh();
    await settled();
  };
  const asked = () => api.calls.filter(([name]) => name === 'versions');
  /** Answer the request for versions that is owed for longest. */
  const answer = async (...differences: VersionDifference[]) => {
    await settled();
    api.owed.shift()!.resolve({ differences, compared: [], problem: null });
    await settled();
  };
  const shown = () =>
    manager.versionHints.of(ID).map(difference => difference.package);

  beforeEach(async () => {
    api = new FakeApi();
    manager = new ClusterManager({ api, events: eventStream() });
    changed = [];
    manager.versionHints.changed.connect((_, id) => changed.push(id));
    kernel = 'current';
    commands = new CommandRegistry();
    addVersionCommands({
      commands,
      manager,
      trans: nullTranslator.load('pccompute_ext'),
      clusterOfContextMenu: () => undefined,
      currentKernel: () => Promise.resolve(kernel)
    });
    await manager.ready;
    await list(aCluster());
  });
  afterEach(() => manager.dispose());

  it('shows what matters, and nothing else', async () => {
    const done = manager.versionHints.compare(ID, 'k');
    await answer(dask, tornado);
    await done;
    expect(asked()).toEqual([['versions', ID, 'k']]);
    expect(shown()).toEqual(['dask']);
    expect(changed).toEqual([ID]);
  });

  it('shows nothing where it can not be found out, and says nothing of that', async () => {
    const done = manager.versionHints.compare(ID, 'busy');
    await settled();
    api.owed.shift()!.reject(new Error('The kernel is busy'));
    await done;
    expect(shown()).toEqual([]);
  });

  it('counts the comparison that was asked for last, whichever is answered last', async () => {
    void manager.versionHints.compare(ID, 'first');
    void manager.versionHints.compare(ID, 'second');
    await settled();
    const [first, second] = api.owed.splice(0);
    second.resolve({ differences: [dask], compared: [], problem: null });
    await settled();
    first.resolve({ differences: [], compared: [], problem: null });
    await settled();
    expect(shown()).toEqual(['dask']);
  });

  it('goes when the next kernel fits', async () => {
    void manager.versionHints.compare(ID, 'old');
    await answer(dask);
    void manager.versionHints.compare(ID, 'new');
    await answer();
    expect(shown()).toEqual([]);
  });

  it('comes back after a dismissal only with other differences', async () => {
    void manager.versionHints.compare(ID, 'k');
    await answer(dask);
    manager.versionHints.dismiss(ID);
    expect(shown()).toEqual([]);
    void manager.versionHints.compare(ID, 'k');
    await answer(dask);
    expect(shown()).toEqual([]);
    void manager.versionHints.compare(ID, 'another');
    await answer({ ...dask, kernel: '2025.1.0' });
    expect(shown()).toEqual(['dask']);
  });

  it('waits for a cluster that is starting', async () => {
    await list(aCluster({ state: 'pending' }));
    void manager.versionHints.compare(ID, 'k');
    await settled();
    expect(asked()).toEqual([]);
    await list(aCluster());
    expect(asked()).toHaveLength(1);
    await answer(dask);
    expect(shown()).toEqual(['dask']);
  });

  it('gives up with a cluster that failed, and forgets one that is gone', async () => {
    await list(aCluster({ state: 'pending' }));
    const done = manager.versionHints.compare(ID, 'k');
    await list(aCluster({ state: 'failed' }));
    await done;
    await list(aCluster());
    void manager.versionHints.compare(ID, 'k');
    await answer(dask);
    await list();
    expect(shown()).toEqual([]);
  });

  it('is waited for by nobody once the panel is gone', async () => {
    await list(aCluster({ state: 'pending' }));
    const done = manager.versionHints.compare(ID, 'k');
    manager.dispose();
    await done;
    expect(asked()).toEqual([]);
  });

  it('is looked for and dismissed by commands', async () => {
    expect(commands.isEnabled(CommandIDs.dismissVersionHint)).toBe(false);
    const done = commands.execute(CommandIDs.compareVersions, { id: ID });
    await answer(dask);
    await done;
    expect(asked()).toEqual([['versions', ID, 'current']]);
    expect(commands.isEnabled(CommandIDs.dismissVersionHint)).toBe(true);
    await commands.execute(CommandIDs.dismissVersionHint, { id: ID });
    expect(shown()).toEqual([]);
    for (const id of commands.listCommands()) {
      expect(commands.label(id)).not.toBe('');
      expect(commands.caption(id)).not.toBe('');
      const { args } = await commands.describedBy(id);
      expect(args).toMatchObject({ type: 'object' });
    }
  });

  it('asks about no kernel where there is none', async () => {
    kernel = null;
    await commands.execute(CommandIDs.compareVersions, { id: ID });
    expect(asked()).toEqual([]);
  });

  it('is in nobody’s way where it fails', async () => {
    compareBeside(commands, ID, 'given');
    await settled();
    expect(asked()).toEqual([['versions', ID, 'given']]);
    compareBeside(new CommandRegistry(), ID);
    await settled();
  });
});
