// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { Backend } from '../_schema';
import { ClusterManager } from '../manager';
import { addCheckingCommand } from '../plugins/gateways/checking';
import { addConnectingCommands } from '../plugins/gateways/connecting';
import type { IGatewayContext } from '../plugins/gateways/context';
import { addCredentialCommands } from '../plugins/gateways/signingin';
import { CommandIDs } from '../tokens';
import { keptWith } from '../widgets/connect/__tests__/samples';
import { press } from './dialogs';
import { aBackend, eventStream, FakeApi } from './fakeserver';

const mine = aBackend({
  id: 'mine',
  label: 'Mine',
  editable: true,
  credential: keptWith()
});

describe('the commands on gateways and credentials', () => {
  let api: FakeApi;
  let manager: ClusterManager;
  let commands: CommandRegistry;

  const start = async (...backends: Backend[]) => {
    api = new FakeApi();
    api.known = backends;
    commands = new CommandRegistry();
    manager = new ClusterManager({ api, events: eventStream() });
    await manager.ready;
    const context: IGatewayContext = {
      commands,
      manager,
      trans: nullTranslator.load('pccompute_ext'),
      clusterOfContextMenu: () => undefined,
      currentKernel: () => null
    };
    addConnectingCommands(context);
    addCredentialCommands(context);
    addCheckingCommand(context);
  };
  /** Answer the next request, once it is there. */
  const answer = async (value?: unknown) => {
    while (api.owed.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    api.owed.shift()!.resolve(value);
  };
  afterEach(() => manager.dispose());

  it('all have a label, a caption and a description of their arguments', async () => {
    await start(mine);
    expect(commands.listCommands()).toHaveLength(6);
    for (const id of commands.listCommands()) {
      expect(commands.label(id)).not.toBe('');
      expect(commands.caption(id)).not.toBe('');
      const { args } = await commands.describedBy(id);
      expect(args).toMatchObject({ type: 'object' });
    }
  });

  it('connect at once where the arguments say enough', async () => {
    await start();
    const done = commands.execute(CommandIDs.connectGateway, {
      label: 'Mine',
      address: 'https://hub.example.org'
    });
    await answer(mine);
    await expect(done).resolves.toEqual(mine);
    expect(manager.backend('mine')).toEqual(mine);
  });

  it('forget says that the credential goes, too', async () => {
    await start(aBackend(), mine);
    const done = commands.execute(CommandIDs.forgetGateway);
    expect(await press('Forget')).toContain(
      'The stored credential is deleted, too.'
    );
    await answer();
    await expect(done).resolves.toBe(true);
    expect(api.calls).toContainEqual(['forget', 'mine']);
  });

  it('forget says that a credential stays that another backend uses', async () => {
    await start(aBackend({ credential: keptWith() }), mine);
    const done = commands.execute(CommandIDs.forgetGateway);
    expect(await press('Cancel')).toContain('credential stays: Hub uses it');
    await expect(done).resolves.toBe(false);
    expect(api.count('forget')).toBe(0);
  });

  it('delete a credential only after a question', async () => {
    await start(mine);
    const done = commands.execute(CommandIDs.deleteCredential);
    expect(await press('Delete')).toContain('revoke it there');
    await answer();
    await expect(done).resolves.toBe(true);
    expect(api.calls).toContainEqual(['deleteCredential', 'mine']);
  });

  it('change nothing that is part of the configuration', async () => {
    await start(aBackend());
    expect(commands.isEnabled(CommandIDs.editGateway)).toBe(false);
    expect(commands.isEnabled(CommandIDs.forgetGateway)).toBe(false);
    expect(commands.isEnabled(CommandIDs.deleteCredential)).toBe(false);
    expect(commands.isEnabled(CommandIDs.signIn)).toBe(false);
  });
});
