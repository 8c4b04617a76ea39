// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { CommandIDs } from '../../tokens';
import { KernelConnections } from '../kernelconnections';
import { PanelWidget } from '../panel';
import { chooseInMenu } from './dom';
import {
  backendWith,
  clusterWith,
  fakeCommands,
  FakeManager
} from './fakemanager';

const local = backendWith({
  id: 'local',
  kind: 'local',
  label: 'This machine',
  address: null
});

describe('the panel', () => {
  let manager: FakeManager;
  let panel: PanelWidget;
  let executed: ReturnType<typeof fakeCommands>['executed'];

  beforeEach(() => {
    manager = new FakeManager();
    manager.backends = [local, backendWith()];
  });
  afterEach(() => act(() => panel.dispose()));

  async function show(): Promise<void> {
    const registry = fakeCommands();
    executed = registry.executed;
    panel = new PanelWidget({
      manager,
      commands: registry.commands,
      connections: new KernelConnections()
    });
    await act(async () => {
      Widget.attach(panel, document.body);
      await panel.renderPromise;
    });
  }
  const update = (change: Parameters<FakeManager['set']>[0]) =>
    act(() => manager.set(change));
  const section = (name: string) =>
    within(screen.getByRole('region', { name }));
  const press = (name: string) =>
    fireEvent.click(screen.getByRole('button', { name }));

  it('lists each cluster under its backend, this machine last', async () => {
    manager.clusters = [
      clusterWith(),
      clusterWith({ id: 'f'.repeat(16), backend: 'local', label: 'scratch' })
    ];
    await show();
    const names = screen.getAllByRole('heading', { level: 2 });
    expect(names.map(({ textContent }) => textContent)).toEqual([
      'Planetary hub',
      'This machine'
    ]);
    expect(section('Planetary hub').getByText('landsat-mosaic')).toBeTruthy();
    expect(section('This machine').getByText('scratch')).toBeTruthy();
  });

  it('keeps the clusters of a backend that is no longer configured', async () => {
    manager.clusters = [clusterWith({ backend: 'gone' })];
    await show();
    expect(section('gone').getByText('landsat-mosaic')).toBeTruthy();
  });

  it('says what to do where nothing is', async () => {
    await show();
    expect(screen.getByText('No clusters yet')).toBeTruthy();
    press('Create a cluster');
    press('New cluster');
    press('Refresh');
    expect(executed.map(({ command }) => command)).toEqual([
      CommandIDs.createCluster,
      CommandIDs.createCluster,
      CommandIDs.refresh
    ]);
  });

  it('says what to set up where there is no backend', async () => {
    manager.backends = [];
    await show();
    expect(screen.getByText(/DASK_GATEWAY__ADDRESS/)).toBeTruthy();
    expect(screen.queryByText('Create a cluster')).toBeNull();
  });

  it('says why a backend is not ready', async () => {
    const reason = 'Install pccompute-ext[local] and restart the server.';
    manager.backends = [
      backendWith(),
      { ...local, state: 'unavailable', reason }
    ];
    await show();
    expect(section('This machine').getByText(reason)).toBeTruthy();
    expect(section('This machine').getByText(/not available/)).toBeTruthy();
  });

  it('shows a problem of one backend beside its last known clusters, and not on others', async () => {
    const message = 'hub.example.org did not answer within 4 s.';
    await show();
    update({
      clusters: [clusterWith({ stale: true })],
      problems: [{ backend: 'hub', code: 'backend-timeout', message }]
    });
    const hub = section('Planetary hub');
    expect(hub.getByText(/did not answer within 4 s/).textContent).toContain(
      'Shown as last known.'
    );
    expect(hub.getByText('landsat-mosaic')).toBeTruthy();
    expect(section('This machine').queryByText(/did not answer/)).toBeNull();
    update({ problems: [] });
    expect(hub.queryByText(/did not answer/)).toBeNull();
  });

  it('calls only old figures old, whatever its backend can’t do', async () => {
    const reason = 'It is not offered on this server any more.';
    manager.backends = [{ ...local, id: 'hub', state: 'unavailable', reason }];
    await show();
    update({ clusters: [clusterWith({})] });
    expect(screen.getByText(reason).textContent).toBe(reason);
    update({ clusters: [clusterWith({ stale: true })] });
    expect(screen.getByText(/any more/).textContent).toContain(
      'Shown as last known.'
    );
  });

  it('says when the Jupyter server does not answer, and offers to try again', async () => {
    manager.connection = 'unreachable';
    manager.problem = 'The Jupyter server does not answer.';
    await show();
    expect(screen.getByText(manager.problem)).toBeTruthy();
    press('Try again');
    expect(executed).toEqual([{ command: CommandIDs.refresh, args: {} }]);
  });

  it('shows that it is looking, before it knows', async () => {
    manager.connection = 'connecting';
    await show();
    expect(
      screen.getByRole('progressbar', { name: 'Looking for clusters' })
    ).toBeTruthy();
    expect(screen.queryByText('No clusters yet')).toBeNull();
  });

  it('tells screen readers of changed states, and of nothing else', async () => {
    manager.clusters = [clusterWith({ state: 'pending' })];
    await show();
    const status = screen.getByRole('status');
    expect(status.textContent).toBe('');
    update({ clusters: [clusterWith()] });
    expect(status.textContent).toBe('landsat-mosaic: running');
    update({ clusters: [clusterWith({ cores: 48 })] });
    expect(status.textContent).toBe('landsat-mosaic: running');
    update({ clusters: [clusterWith({ state: 'failed', reason: 'Gone.' })] });
    expect(status.textContent).toBe('landsat-mosaic: failed. Gone.');
  });

  it('offers to shut down all clusters of a backend that has some', async () => {
    manager.clusters = [clusterWith()];
    await show();
    press('More actions');
    const here = screen
      .getAllByRole('menuitem')
      .find(item => item.textContent?.includes('This machine'));
    expect(here?.classList.contains('lm-mod-disabled')).toBe(true);
    chooseInMenu('Shut down all on Planetary hub…');
    expect(executed).toEqual([
      { command: CommandIDs.shutdownAll, args: { backend: 'hub' } }
    ]);
  });

  it('looks only while somebody can see it', async () => {
    await show();
    expect(manager.looks.at(-1)).toBe(true);
    panel.hide();
    expect(manager.looks.at(-1)).toBe(false);
    panel.show();
    expect(manager.looks.at(-1)).toBe(true);

    const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(manager.looks.at(-1)).toBe(false);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(manager.looks.at(-1)).toBe(true);

    act(() => panel.dispose());
    expect(manager.looks.at(-1)).toBe(false);
  });

  it('is accessible', async () => {
    manager.clusters = [
      clusterWith(),
      clusterWith({ id: 'e'.repeat(16), label: 'ndvi', state: 'pending' })
    ];
    manager.backends = [
      backendWith(),
      { ...local, state: 'unavailable', reason: 'Not installed.' }
    ];
    await show();
    expect(await axe(panel.node)).toHaveNoViolations();
  });
});
