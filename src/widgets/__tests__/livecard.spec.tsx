// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { act, fireEvent, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { ClientUse, Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { ClusterCard } from '../clustercard';
import { WorkersHistory } from '../workershistory';
import { chooseInMenu, inPanel, renderInPanel } from './dom';
import {
  clusterWith,
  emptyManager,
  fakeCommands,
  FakeManager,
  scalingWith
} from './fakemanager';

const { id, workers } = clusterWith();

function show(cluster: Cluster, manager = emptyManager()) {
  const { commands, executed } = fakeCommands();
  const { container } = renderInPanel(
    <ClusterCard cluster={cluster} startsOpen />,
    commands,
    manager
  );
  return { container, executed, commands };
}

const text = () => screen.getByRole('article').textContent ?? '';
const press = (name: string | RegExp) =>
  fireEvent.click(screen.getByRole('button', { name }));
const ago = (seconds: number) =>
  new Date(Date.now() - seconds * 1000).toISOString();
const client = (notebook: string | null, label = 'somebody'): ClientUse => ({
  label,
  notebook,
  kernel: null
});

it('says why there are fewer workers than requested', () => {
  const reason = 'The gateway allows at most 6 workers.';
  show(clusterWith({ workers: { ...workers, reason } }));
  expect(text()).toContain(reason);
});

it('tells of tasks that wait and that failed', () => {
  const tasks = { processing: 2, waiting: 1500, erred: 1 };
  show(clusterWith({ tasks }));
  expect(text()).toContain('2 tasks running');
  expect(text()).toContain('1,500 tasks waiting');
  expect(text()).toContain('1 task failed');
});

describe('the history of workers', () => {
  it('is a line once their number has changed and there is something to draw, with words for it', () => {
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
    const manager = new FakeManager();
    const history = new WorkersHistory(manager);
    const { commands } = fakeCommands();
    const cluster = (ready: number) =>
      clusterWith({ workers: { ...workers, ready } });
    history.look(true);
    manager.set({ clusters: [cluster(2)] });
    const element = (shown: Cluster) =>
      inPanel(
        <ClusterCard cluster={shown} startsOpen />,
        commands,
        manager,
        history
      );
    const { rerender } = renderInPanel(element(cluster(2)), commands);
    manager.set({ clusters: [cluster(4)] });
    rerender(element(cluster(4)));
    expect(screen.queryByRole('img')).toBeNull();
    clock.mockReturnValue(now + 60_000);
    manager.set({ clusters: [cluster(6)] });
    rerender(element(cluster(6)));
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Ready workers in the last 5 minutes: from 2 to 6, now 6'
    );
    history.dispose();
    clock.mockRestore();
  });
});

describe('a start', () => {
  const starting = (usual_seconds: number | null) =>
    clusterWith({
      state: 'pending',
      starting: { since: ago(21), usual_seconds },
      progress: ['Waiting for a node', 'Scheduler pod is being placed']
    });

  it('is measured against what is usual', () => {
    show(starting(50));
    expect(text()).toMatch(/starting 0:2\d, usually 0:50/);
    const bar = screen.getByRole('progressbar').firstElementChild;
    const { animationDuration, animationDelay } = (bar as HTMLElement).style;
    expect(animationDuration).toBe('50s');
    expect(animationDelay).toMatch(/^-2\d/);
  });

  it('claims no usual time where none is known', () => {
    show(starting(null));
    expect(text()).not.toContain('usually');
    expect(screen.getByRole('progressbar')).toBeTruthy();
  });

  it('shows the last that is known of it, and what was before on demand', () => {
    show(starting(50));
    const folded = (line: string) => screen.getByText(line).closest('details');
    expect(folded('Scheduler pod is being placed')).toBeNull();
    expect(folded('Waiting for a node')?.open).toBe(false);
  });
});

describe('an idle cluster', () => {
  const idle = { since: ago(200), timeout: null, stops_at: null };

  it('says since when, where nobody knows when it stops', () => {
    show(clusterWith({ idle }));
    expect(text()).toContain('idle 3 min');
  });

  it('can be scaled to zero', () => {
    const { executed } = show(clusterWith({ idle }));
    press('Scale landsat-mosaic to zero');
    expect(executed).toEqual([
      { command: CommandIDs.scaleToZero, args: { id } }
    ]);
  });

  it('offers no zero where it goes there by itself', () => {
    show(clusterWith({ idle, scaling: scalingWith({ minimum: 0 }) }));
    expect(screen.queryByRole('button', { name: /to zero/ })).toBeNull();
  });
});

describe('the clients', () => {
  it('are counted where they are not known', () => {
    show(clusterWith({ clients: 2, used_by: [] }));
    expect(text()).toContain('Used by 2 clients');
  });

  it('are named where they are notebooks of this server, which can be gone to', () => {
    const used_by = [client('work/mosaic.ipynb')];
    const { executed } = show(clusterWith({ clients: 2, used_by }));
    expect(text()).toContain('Used by mosaic.ipynb and 1 more');
    press('mosaic.ipynb');
    expect(executed).toEqual([
      {
        command: CommandIDs.showClient,
        args: { id, path: 'work/mosaic.ipynb' }
      }
    ]);
  });

  it('have a menu where several are known', () => {
    const used_by = [client('a.ipynb'), client('b.ipynb'), client(null)];
    const { executed } = show(clusterWith({ clients: 3, used_by }));
    expect(text()).toContain('Used by a.ipynb and 2 more');
    press('2 more');
    chooseInMenu('b.ipynb');
    expect(executed[0].args).toEqual({ id, path: 'b.ipynb' });
  });
});

describe('the dashboard', () => {
  const dashboard = `clusters/${id}/dashboard/`;

  it('is offered where there is one', () => {
    const { executed } = show(clusterWith({ dashboard }));
    press('Open the dashboard of landsat-mosaic');
    expect(executed).toEqual([
      { command: CommandIDs.openDashboard, args: { id } }
    ]);
  });

  it('is not offered where there is none', () => {
    show(clusterWith());
    expect(screen.queryByRole('button', { name: /dashboard/ })).toBeNull();
  });

  it('offers its plots one by one', async () => {
    const manager = new FakeManager();
    const plot = { title: 'Task Stream', path: 'individual-task-stream' };
    manager.plots = () => Promise.resolve([plot]);
    const { executed } = show(clusterWith({ dashboard }), manager);
    press('Plots of landsat-mosaic');
    await screen.findByRole('menu');
    chooseInMenu('Task Stream');
    expect(executed).toEqual([
      { command: CommandIDs.openDashboard, args: { id, plot: plot.path } }
    ]);
  });

  it('says in the menu why there are no plots', async () => {
    const manager = new FakeManager();
    manager.plots = () => Promise.reject(new Error('It does not answer.'));
    show(clusterWith({ dashboard }), manager);
    press('Plots of landsat-mosaic');
    const menu = await screen.findByRole('menu');
    expect(menu.textContent).toContain('It does not answer.');
    act(() => void fireEvent.keyDown(menu, { key: 'Escape', keyCode: 27 }));
  });
});

it('says calmly that kernels cannot connect, and why', () => {
  const reason = 'The port of its scheduler cannot be reached from here.';
  const live = { kind: 'http', reason, connectable: false } as const;
  show(clusterWith({ live }));
  expect(text()).toContain(
    `Kernels here cannot connect to this cluster. ${reason}`
  );
  expect(screen.queryByRole('alert')).toBeNull();
});

it('leads from a failure to what happened before, and to the logs', () => {
  const { executed } = show(
    clusterWith({
      state: 'failed',
      reason: 'The image was not found.',
      progress: ['Pulling the image', 'The image was not found.']
    })
  );
  expect(text()).toContain('Pulling the image');
  expect(text().match(/The image was not found/g)).toHaveLength(1);
  press('Logs of landsat-mosaic');
  expect(executed).toEqual([{ command: CommandIDs.showLogs, args: { id } }]);
});

it('tells what is left of a failed cluster, and offers to delete it', () => {
  const { executed } = show(
    clusterWith({
      state: 'failed',
      reason: 'Its supervisor ended unexpectedly.',
      remains: ['2 processes on this machine']
    })
  );
  expect(text()).toContain('2 processes on this machine');
  press('Delete what is left of landsat-mosaic');
  expect(executed).toEqual([
    { command: CommandIDs.dismissCluster, args: { id } }
  ]);
});

it.each<[string, Partial<Cluster>]>([
  ['idle, in use', { used_by: [client('a.ipynb'), client('b.ipynb')] }],
  [
    'starting',
    { state: 'pending', starting: { since: ago(1), usual_seconds: 50 } }
  ],
  ['failed', { state: 'failed', reason: 'No.', progress: ['Pulling'] }]
])('is accessible while %s', async (_, change) => {
  const idle = { since: ago(100), timeout: 600, stops_at: ago(-500) };
  const dashboard = `clusters/${id}/dashboard/`;
  const { container } = show(clusterWith({ idle, dashboard, ...change }));
  expect(await axe(container)).toHaveNoViolations();
});
