// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { Cluster, CreateCluster } from '../_schema';
import { ApiError } from '../api';
import { ClusterManager } from '../manager';
import type { ICommandContext } from '../plugins/commands/context';
import { addCreatingCommands } from '../plugins/commands/creating';
import { addEndingCommands } from '../plugins/commands/ending';
import { addListingCommands } from '../plugins/commands/listing';
import { addScalingCommands } from '../plugins/commands/scaling';
import { CommandIDs } from '../tokens';
import { choose, fill, press } from './dialogs';
import {
  aBackend,
  aCluster,
  eventStream,
  FakeApi,
  settled
} from './fakeserver';

/** What the dialog was opened with, and what the user answers in turn. */
const asked: { initial?: CreateCluster; error?: string; backend?: string }[] =
  [];
let answers: (CreateCluster | null)[] = [];

jest.mock('../widgets/newclusterdialog', () => ({
  openNewClusterDialog: (options: object) => {
    asked.push(options);
    return Promise.resolve(answers.shift() ?? null);
  }
}));

const ID = aCluster().id;

describe('the commands', () => {
  let api: FakeApi;
  let manager: ClusterManager;
  let commands: CommandRegistry;
  let underMenu: string | undefined;

  const start = async (...clusters: Cluster[]) => {
    api.listed = { clusters, problems: [] };
    manager = new ClusterManager({ api, events: eventStream() });
    await manager.ready;
    const context: ICommandContext = {
      commands,
      manager,
      translator: nullTranslator,
      trans: nullTranslator.load('pccompute_ext'),
      stateDB: null,
      highlight: null,
      clusterOfContextMenu: () => underMenu
    };
    addListingCommands(context);
    addCreatingCommands(context);
    addScalingCommands(context);
    addEndingCommands(context);
  };
  const execute = (command: string, args = {}): Promise<unknown> =>
    commands.execute(command, args);
  /** Answer the next request, once it is there. */
  const answer = async (value?: unknown) => {
    await sent();
    api.owed.shift()!.resolve(value);
  };
  const refuse = async (error: ApiError) => {
    await sent();
    api.owed.shift()!.reject(error);
  };
  const sent = async () => {
    while (api.owed.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  };
  const said = () =>
    Notification.manager.notifications.map(({ message }) => message);

  beforeEach(() => {
    api = new FakeApi();
    api.known = [aBackend(), aBackend({ id: 'local', label: 'Here' })];
    commands = new CommandRegistry();
    underMenu = undefined;
    asked.length = 0;
    answers = [];
    Notification.dismiss();
  });

  afterEach(() => {
    manager.dispose();
    document.body.replaceChildren();
  });

  it('all have a label, a caption and a description of their arguments', async () => {
    await start();
    expect(commands.listCommands().length).toBeGreaterThan(8);
    for (const id of commands.listCommands()) {
      expect(commands.label(id)).not.toBe('');
      expect(commands.caption(id)).not.toBe('');
      const { args } = await commands.describedBy(id);
      expect(args).toMatchObject({ type: 'object' });
    }
  });

  it('are enabled where there is a cluster for them', async () => {
    await start(aCluster({ state: 'failed' }));
    const enabled = (id: string) => commands.isEnabled(id, { id: ID });
    expect(enabled(CommandIDs.retryCluster)).toBe(true);
    expect(enabled(CommandIDs.dismissCluster)).toBe(true);
    expect(enabled(CommandIDs.shutdownCluster)).toBe(false);
    expect(enabled(CommandIDs.scaleCluster)).toBe(false);
    expect(commands.isEnabled(CommandIDs.cancelCluster)).toBe(false);
  });

  describe('create', () => {
    it('at once where backend and scaling are given', async () => {
      await start();
      const scaling = { mode: 'manual', count: 1 } as const;
      const created = execute(CommandIDs.createCluster, {
        backend: 'hub',
        scaling
      });
      await answer(aCluster({ state: 'pending' }));
      await expect(created).resolves.toMatchObject({ id: ID });
      expect(asked).toHaveLength(0);
      expect(api.calls.at(-1)![1]).toMatchObject({ backend: 'hub', scaling });
    });

    it('with the dialog for a backend alone', async () => {
      await start();
      await execute(CommandIDs.createCluster, { backend: 'local' });
      expect(asked).toMatchObject([{ backend: 'local' }]);
      expect(api.count('create')).toBe(0);
    });

    it('with the dialog, filled in, where it is to ask', async () => {
      await start();
      const request = { backend: 'hub', options: { worker_cores: 2 } };
      await execute(CommandIDs.createCluster, { ...request, ask: true });
      expect(asked).toMatchObject([{ initial: request }]);
      expect(api.count('create')).toBe(0);
    });

    it('asks again, with what was chosen and the backend’s words, where it refuses', async () => {
      await start();
      const request = { backend: 'hub', options: { worker_cores: 99 } };
      answers = [request, { ...request, options: { worker_cores: 8 } }];
      const created = execute(CommandIDs.createCluster);
      await refuse(new ApiError('worker_cores must be <= 8', 'refused', 422));
      await answer(aCluster());
      await expect(created).resolves.toMatchObject({ id: ID });
      expect(asked[1]).toMatchObject({
        backend: 'hub',
        initial: request,
        error: 'worker_cores must be <= 8'
      });
      expect(said()).toEqual([]);
    });

    it('offers to send the very same request again after another failure', async () => {
      await start();
      answers = [{ backend: 'hub' }];
      const created = execute(CommandIDs.createCluster);
      await refuse(new ApiError('No answer', 'unreachable', 0));
      await expect(created).rejects.toMatchObject({ code: 'unreachable' });
      expect(said()).toEqual(['No answer']);
      const [{ options }] = Notification.manager.notifications;
      options.actions![0].callback(new MouseEvent('click'));
      await sent();
      const requests = api.calls.filter(call => call[0] === 'create');
      expect(requests).toHaveLength(2);
      expect(requests[1]).toEqual(requests[0]);
    });

    it('is silent where the cluster was cancelled meanwhile', async () => {
      await start();
      answers = [{ backend: 'hub' }];
      const created = execute(CommandIDs.createCluster);
      await sent();
      const cancelled = execute(CommandIDs.cancelCluster);
      await settled();
      const [creation, stop] = api.owed;
      stop.resolve(undefined);
      await cancelled;
      creation.reject(new ApiError('Stopped', 'refused', 422));
      await expect(created).resolves.toBeNull();
      expect(said()).toEqual([]);
      expect(asked).toHaveLength(1);
    });
  });

  it('retry puts a new cluster in the place of the failed one', async () => {
    const options = { image: 'a' };
    await start(aCluster({ state: 'failed', reason: 'No tag', options }));
    answers = [{ backend: 'hub', options: { image: 'a:1' } }];
    const retried = execute(CommandIDs.retryCluster);
    await answer(aCluster({ id: '00000000000000b2', state: 'pending' }));
    await answer();
    await retried;
    expect(asked).toMatchObject([
      {
        error: 'No tag',
        initial: { backend: 'hub', options, scaling: { count: 1 } }
      }
    ]);
    expect(api.calls.at(-1)).toEqual(['stop', ID]);
    expect(manager.clusters).toHaveLength(1);
  });

  describe('shut down', () => {
    it('says what is lost, and does nothing where the user minds', async () => {
      const workers = { ready: 6, arriving: 0, requested: 6, reason: null };
      await start(aCluster({ label: 'mosaic', workers, clients: 2 }));
      const done = execute(CommandIDs.shutdownCluster, { id: ID });
      const words = await press('Cancel');
      expect(words).toContain('Shut down mosaic?');
      expect(words).toContain('6 workers stop.');
      expect(words).toContain('2 connected clients lose their results.');
      await expect(done).resolves.toBe(false);
      expect(api.count('stop')).toBe(0);
    });

    it('stops the cluster where the user agrees', async () => {
      await start(aCluster());
      const done = execute(CommandIDs.shutdownCluster, { id: ID });
      await press('Shut Down');
      await answer();
      await expect(done).resolves.toBe(true);
      expect(manager.cluster(ID)?.state).toBe('stopping');
    });

    it('asks which one where no id is given', async () => {
      await start(
        aCluster({ label: 'one' }),
        aCluster({ id: '00000000000000b2', label: 'two', backend: 'local' })
      );
      const done = execute(CommandIDs.shutdownCluster);
      await choose('two on Here');
      await press('Choose');
      expect(await press('Shut Down')).toContain('Shut down two?');
      await answer();
      await done;
      expect(api.calls.at(-1)).toEqual(['stop', '00000000000000b2']);
    });

    it('takes the cluster under the context menu', async () => {
      await start(aCluster(), aCluster({ id: '00000000000000b2' }));
      underMenu = '00000000000000b2';
      const args = { contextMenu: true, confirmed: true };
      const done = execute(CommandIDs.shutdownCluster, args);
      await answer();
      await done;
      expect(api.calls.at(-1)).toEqual(['stop', '00000000000000b2']);
    });

    it('shows the server’s words where it fails', async () => {
      await start(aCluster());
      const args = { id: ID, confirmed: true };
      const done = execute(CommandIDs.shutdownCluster, args);
      await refuse(new ApiError('The gateway is down', 'backend-failed', 502));
      await expect(done).rejects.toMatchObject({ code: 'backend-failed' });
      expect(said()).toEqual(['The gateway is down']);
    });

    it('ends all of a backend, and names those that still run', async () => {
      await start(
        aCluster({ label: 'one' }),
        aCluster({ id: '00000000000000b2', label: 'two' }),
        aCluster({ id: '00000000000000c3', backend: 'local' })
      );
      const done = execute(CommandIDs.shutdownAll, { backend: 'hub' });
      const words = await press('Shut Down All');
      expect(words).toContain('Shut down all 2 clusters on Hub?');
      await answer();
      await refuse(new ApiError('Down', 'backend-failed', 502));
      await done;
      expect(api.count('stop')).toBe(2);
      expect(said()).toEqual(['two still runs: Down']);
    });
  });

  it('cancel asks first where the cluster came to run', async () => {
    await start(aCluster());
    const done = execute(CommandIDs.cancelCluster, { id: ID });
    await press('Cancel');
    await expect(done).resolves.toBe(false);
    expect(api.count('stop')).toBe(0);
  });

  it('dismiss leaves alone what runs', async () => {
    await start(aCluster());
    await execute(CommandIDs.dismissCluster, { id: ID });
    expect(api.count('stop')).toBe(0);
  });

  describe('scale', () => {
    it('asks for the number where none is given', async () => {
      await start(aCluster());
      const done = execute(CommandIDs.scaleCluster);
      await fill('2');
      await press('OK');
      await answer(aCluster());
      await done;
      expect(api.calls.at(-1)).toEqual(['scale', ID, { count: 2 }]);
    });

    it('sends no maximum below the minimum', async () => {
      await start(aCluster());
      const done = execute(CommandIDs.adaptCluster);
      await fill('5');
      await press('OK');
      await fill('3');
      await press('OK');
      await expect(done).resolves.toBeNull();
      expect(api.count('adapt')).toBe(0);
      expect(said()).toEqual(['This must be a whole number, at least 5.']);
    });

    it('leaves the words of a failure to who gave the size', async () => {
      await start(aCluster());
      const done = execute(CommandIDs.scaleCluster, { id: ID, count: 2 });
      await refuse(new ApiError('No', 'backend-failed', 502));
      await expect(done).rejects.toMatchObject({ code: 'backend-failed' });
      expect(said()).toEqual([]);
    });
  });

  it('rename asks for a name, and an empty one means the backend’s', async () => {
    await start(aCluster({ label: 'mosaic' }));
    const done = execute(CommandIDs.renameCluster);
    await fill('  ');
    await press('Rename');
    await answer(aCluster());
    await done;
    expect(api.calls.at(-1)).toEqual(['update', ID, { label: null }]);
  });

  it('say so where there is no cluster for them', async () => {
    await start();
    await execute(CommandIDs.shutdownCluster, { id: ID });
    expect(said()).toEqual(['There is no such cluster any more.']);
    expect(document.querySelector('.jp-Dialog')).toBeNull();
  });
});
