// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import type { ServiceManager } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { Cluster } from '../_schema';
import { ClusterManager } from '../manager';
import { addClientCommands } from '../plugins/commands/clients';
import { addEndingCommands } from '../plugins/commands/ending';
import { addScalingCommands } from '../plugins/commands/scaling';
import { CommandIDs } from '../tokens';
import { press } from './dialogs';
import { aCluster, eventStream, FakeApi, settled } from './fakeserver';

const ID = aCluster().id;
const used_by = [
  { label: 'mosaic', notebook: 'work/mosaic.ipynb', kernel: 'k1' },
  { label: 'console', notebook: 'work/console-1', kernel: 'k2' },
  { label: 'tls://10.0.0.1', notebook: null, kernel: null }
];

describe('a cluster that is used', () => {
  let api: FakeApi;
  let manager: ClusterManager;
  let commands: CommandRegistry;
  let opened: [string, unknown][];

  const start = async (cluster: Cluster) => {
    api = new FakeApi();
    api.listed = { clusters: [cluster], problems: [] };
    manager = new ClusterManager({ api, events: eventStream() });
    await manager.ready;
    commands = new CommandRegistry();
    opened = [];
    for (const command of ['docmanager:open', 'console:open']) {
      commands.addCommand(command, {
        execute: args => opened.push([command, args['path']])
      });
    }
    const context = {
      commands,
      manager,
      translator: nullTranslator,
      trans: nullTranslator.load('pccompute_ext'),
      stateDB: null,
      highlight: null,
      clusterOfContextMenu: () => undefined
    };
    const sessions = {
      running: () => [{ path: 'work/console-1', type: 'console' }].values()
    };
    addEndingCommands(context);
    addScalingCommands(context);
    addClientCommands(
      context,
      sessions as unknown as ServiceManager.IManager['sessions']
    );
  };
  afterEach(() => {
    manager.dispose();
    Notification.dismiss();
    document.body.replaceChildren();
  });

  it('leads to its notebooks, and to its consoles', async () => {
    await start(aCluster({ used_by }));
    await commands.execute(CommandIDs.showClient);
    const path = 'work/console-1';
    await commands.execute(CommandIDs.showClient, { id: ID, path });
    expect(opened).toEqual([
      ['docmanager:open', 'work/mosaic.ipynb'],
      ['console:open', 'work/console-1']
    ]);
  });

  it('leads nowhere where no notebook of this server is known', async () => {
    await start(aCluster({ used_by: [used_by[2]] }));
    expect(commands.isEnabled(CommandIDs.showClient)).toBe(false);
  });

  it('is shut down only after its notebooks were named', async () => {
    await start(aCluster({ clients: 3, used_by }));
    const done = commands.execute(CommandIDs.shutdownCluster, { id: ID });
    expect(await press('Cancel')).toContain(
      'In use by work/mosaic.ipynb, work/console-1.'
    );
    await expect(done).resolves.toBe(false);
  });

  describe('scaled to zero', () => {
    const scale = async (cluster: Cluster) => {
      await start(cluster);
      const done = commands.execute(CommandIDs.scaleToZero, { id: ID });
      await settled();
      api.owed.shift()?.resolve(aCluster());
      await done;
      return api.calls.at(-1);
    };

    it('keeps no worker where its size is fixed', async () => {
      expect(await scale(aCluster())).toEqual(['scale', ID, { count: 0 }]);
    });

    it('stays adaptive, without a minimum', async () => {
      const scaling = {
        ...aCluster().scaling!,
        mode: 'adaptive' as const,
        minimum: 2,
        maximum: 8
      };
      expect(await scale(aCluster({ scaling }))).toEqual([
        'adapt',
        ID,
        { minimum: 0, maximum: 8 }
      ]);
    });

    it('is not offered where it goes there by itself', async () => {
      const scaling = { ...aCluster().scaling!, count: 0 };
      await start(aCluster({ scaling }));
      expect(commands.isEnabled(CommandIDs.scaleToZero)).toBe(false);
    });
  });
});
