// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { ClusterManager } from '../manager';
import { runningClusters } from '../plugins/running';
import { CommandIDs } from '../tokens';
import { aBackend, aCluster, eventStream, FakeApi } from './fakeserver';

describe('the running sessions', () => {
  const executed: [string, unknown][] = [];

  async function running(...states: ('running' | 'pending' | 'failed')[]) {
    executed.length = 0;
    const api = new FakeApi();
    api.known = [aBackend(), aBackend({ id: 'local', label: 'Here' })];
    const clusters = states.map((state, index) =>
      aCluster({
        id: `${index}`,
        state,
        backend: index === 0 ? 'hub' : 'local',
        label: `cluster ${index}`
      })
    );
    api.listed = { clusters, problems: [] };
    const manager = new ClusterManager({ api, events: eventStream() });
    await manager.ready;
    const commands = new CommandRegistry();
    for (const id of Object.values(CommandIDs)) {
      commands.addCommand(id, {
        execute: args => {
          executed.push([id, args]);
        }
      });
    }
    const trans = nullTranslator.load('pccompute_ext');
    return { manager, list: runningClusters(manager, commands, trans) };
  }

  it('hold what can be shut down', async () => {
    const { manager, list } = await running('running', 'pending', 'failed');
    const items = list.running({ mode: 'list' });
    expect(items.map(item => item.label())).toEqual(['cluster 0', 'cluster 1']);
    expect(items.map(item => item.detail!())).toEqual(['Hub', 'starting']);
    manager.dispose();
  });

  it('go to a cluster and shut it down by command', async () => {
    const { manager, list } = await running('running');
    const [item] = list.running({ mode: 'list' });
    item.open!();
    item.shutdown!();
    expect(executed).toEqual([
      [CommandIDs.openPanel, { id: '0' }],
      [CommandIDs.shutdownCluster, { id: '0' }]
    ]);
    manager.dispose();
  });

  it('shut down all of every backend, without asking a second time', async () => {
    const { manager, list } = await running('running', 'running', 'pending');
    list.shutdownAll();
    expect(executed).toEqual([
      [CommandIDs.shutdownAll, { backend: 'hub', confirmed: true }],
      [CommandIDs.shutdownAll, { backend: 'local', confirmed: true }]
    ]);
    manager.dispose();
  });
});
