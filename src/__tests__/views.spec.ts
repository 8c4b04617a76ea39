// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import type { Cluster } from '../_schema';
import { ClusterManager } from '../manager';
import { addDaskPanesCommand } from '../plugins/views/daskpanes';
import { addViewCommands, PLOT_PATTERN } from '../plugins/views/opening';
import type { IViewArguments } from '../plugins/views/viewing';
import { CommandIDs } from '../tokens';
import { aCluster, eventStream, FakeApi } from './fakeserver';

const ID = aCluster().id;
const dashboard = `clusters/${ID}/dashboard/`;

describe('the commands that look into a cluster', () => {
  let api: FakeApi;
  let manager: ClusterManager;
  let commands: CommandRegistry;
  let shown: [string, IViewArguments][];

  const start = async (...clusters: Cluster[]) => {
    api = new FakeApi();
    api.listed = { clusters, problems: [] };
    manager = new ClusterManager({ api, events: eventStream() });
    await manager.ready;
    commands = new CommandRegistry();
    shown = [];
    const context = {
      commands,
      manager,
      trans: nullTranslator.load('pccompute_ext'),
      clusterOfContextMenu: () => undefined
    };
    const views = (kind: string) => ({
      show: (args: IViewArguments) => {
        shown.push([kind, args]);
        return Promise.resolve(new Widget());
      }
    });
    addDaskPanesCommand(context);
    addViewCommands(context, {
      workers: views('workers'),
      logs: views('logs'),
      dashboards: views('dashboard')
    });
  };
  afterEach(() => {
    manager.dispose();
    Notification.dismiss();
  });

  it('all have a label, a caption and a description of their arguments', async () => {
    await start();
    for (const id of commands.listCommands()) {
      expect(commands.label(id)).not.toBe('');
      expect(commands.caption(id)).not.toBe('');
      const { args } = await commands.describedBy(id);
      expect(args).toMatchObject({ type: 'object' });
    }
  });

  it('are enabled where there is something to see', async () => {
    await start(aCluster({ state: 'failed' }));
    expect(commands.isEnabled(CommandIDs.showLogs, { id: ID })).toBe(true);
    expect(commands.isEnabled(CommandIDs.showWorkers, { id: ID })).toBe(false);
    expect(commands.isEnabled(CommandIDs.openDashboard, { id: ID })).toBe(
      false
    );
  });

  it('take the only cluster where none is named', async () => {
    await start(aCluster({ dashboard }));
    await commands.execute(CommandIDs.showWorkers);
    await commands.execute(CommandIDs.showLogs);
    await commands.execute(CommandIDs.openDashboard);
    expect(shown).toEqual([
      ['workers', { id: ID }],
      ['logs', { id: ID }],
      ['dashboard', { id: ID }]
    ]);
  });

  it('open a view of a cluster that is not known yet, as after a reload', async () => {
    await start();
    await commands.execute(CommandIDs.showLogs, { id: ID });
    expect(shown).toEqual([['logs', { id: ID }]]);
  });

  it('open a plot, and no other place', async () => {
    await start(aCluster({ dashboard }));
    const open = (plot: string) =>
      commands.execute(CommandIDs.openDashboard, { id: ID, plot });
    await open('individual-task-stream');
    await open('../../../api');
    await open('//elsewhere.example');
    expect(shown.map(([, args]) => args)).toEqual([
      { id: ID, plot: 'individual-task-stream' },
      { id: ID },
      { id: ID }
    ]);
    expect(new RegExp(PLOT_PATTERN).test('info/main/workers')).toBe(true);
  });

  describe('the Dask panes', () => {
    it('are not offered where dask-labextension is not installed', async () => {
      await start(aCluster({ dashboard }));
      expect(commands.isVisible(CommandIDs.openDaskPanes)).toBe(false);
      expect(commands.isEnabled(CommandIDs.openDaskPanes)).toBe(false);
    });

    describe('where it is', () => {
      let done: unknown[];
      let found: boolean;
      beforeEach(async () => {
        jest.useFakeTimers();
        await start(aCluster({ dashboard }));
        done = [];
        found = false;
        commands.addCommand('dask:populate-dashboard-url', {
          execute: args => done.push(args['url'])
        });
        commands.addCommand('dask:launch-layout', {
          isEnabled: () => found,
          execute: () => done.push('panes')
        });
      });
      afterEach(() => {
        jest.useRealTimers();
      });

      it('open once it has found the dashboard, at the URL of this server', async () => {
        expect(commands.isVisible(CommandIDs.openDaskPanes)).toBe(true);
        const opened = commands.execute(CommandIDs.openDaskPanes, { id: ID });
        await jest.advanceTimersByTimeAsync(1_000);
        expect(done).toEqual([api.dashboardUrl(ID, '')]);
        found = true;
        await jest.advanceTimersByTimeAsync(1_000);
        expect(await opened).toBe(true);
        expect(done).toEqual([api.dashboardUrl(ID, ''), 'panes']);
      });

      it('are not waited for without end', async () => {
        const failure = commands
          .execute(CommandIDs.openDaskPanes, { id: ID })
          .catch(String);
        await jest.advanceTimersByTimeAsync(60_000);
        expect(await failure).toContain('has not found the dashboard');
        expect(Notification.manager.count).toBe(1);
        expect(done).not.toContain('panes');
      });
    });
  });
});
