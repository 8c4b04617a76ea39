// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { ClusterManager } from '../manager';
import { addLeftoverCommands } from '../plugins/commands/leftovers';
import { CommandIDs } from '../tokens';
import { until } from './dialogs';
import { aBackend, aCluster, eventStream, FakeApi } from './fakeserver';

describe('the commands on leftovers', () => {
  let api: FakeApi;
  let manager: ClusterManager;
  let commands: CommandRegistry;

  const start = async (...finds: boolean[]) => {
    api.known = finds.map((finds_leftovers, index) =>
      aBackend({ id: `b${index}`, label: `Backend ${index}`, finds_leftovers })
    );
    manager = new ClusterManager({ api, events: eventStream() });
    await manager.ready;
    addLeftoverCommands({
      commands,
      manager,
      translator: nullTranslator,
      trans: nullTranslator.load('pccompute_ext'),
      stateDB: null,
      highlight: null,
      clusterOfContextMenu: () => undefined
    });
  };
  const button = (text: string) =>
    until(() =>
      [...document.querySelectorAll<HTMLElement>('.jp-Dialog button')].find(
        node => node.textContent?.startsWith(text)
      )
    );

  beforeEach(() => {
    api = new FakeApi();
    commands = new CommandRegistry();
    Notification.dismiss();
  });
  afterEach(() => manager.dispose());

  it('look at the only backend that can, and have deleted what was confirmed', async () => {
    await start(false, true);
    const done = commands.execute(CommandIDs.findLeftovers);
    await until(() => api.owed[0]);
    expect(api.calls.at(-1)).toEqual(['leftovers', 'b1']);
    api.owed.shift()!.resolve({
      leftovers: [
        {
          id: '11aa22bb-0f',
          cluster: '11aa22bb',
          place: 'resource group dask',
          resources: ['disk dask-1']
        }
      ],
      looked_into: ['resource group dask', 'the attic'],
      reason: 'The cellar is locked.'
    });
    (await button('Delete…')).click();
    const text = document.querySelector('.jp-Dialog')!.textContent;
    expect(text).toContain('Cluster 11aa22bb');
    expect(text).toContain('The cellar is locked.');
    expect(text).toContain(
      'nobody here knows. Looked into resource group dask, the attic.'
    );
    (await button('Delete 1 resource')).click();
    await until(() => api.owed[0]);
    expect(api.calls.at(-1)).toEqual(['deleteLeftover', 'b1', '11aa22bb-0f']);
    expect(document.body.textContent).not.toContain('Keep');
    api.owed.shift()!.resolve(aCluster({ backend: 'b1', state: 'stopping' }));
    await until(() => manager.clusters.length === 1 || null);
    (await button('Close')).click();
    await done;
  });

  it('say that no backend can', async () => {
    await start(false);
    expect(commands.isEnabled(CommandIDs.findLeftovers)).toBe(false);
    await commands.execute(CommandIDs.findLeftovers);
    expect(Notification.manager.notifications).toHaveLength(1);
  });

  it('delete nothing without ids, and are then not offered', async () => {
    await start(true);
    expect(commands.isVisible(CommandIDs.deleteLeftover)).toBe(false);
    expect(await commands.execute(CommandIDs.deleteLeftover)).toBeNull();
    expect(api.calls.map(([name]) => name)).not.toContain('deleteLeftover');
    const named = { backend: 'b0', leftover: '11aa22bb' };
    expect(commands.isEnabled(CommandIDs.deleteLeftover, named)).toBe(true);
  });
});
