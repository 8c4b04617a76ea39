// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { act, fireEvent, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { ClusterCard } from '../clustercard';
import { chooseInMenu, inPanel, renderInPanel } from './dom';
import { clusterWith, fakeCommands, scalingWith } from './fakemanager';

const { id } = clusterWith();

function show(cluster: Cluster, startsOpen = true) {
  const { commands, executed } = fakeCommands();
  const element = (shown: Cluster) => (
    <ClusterCard cluster={shown} startsOpen={startsOpen} />
  );
  const { container, rerender } = renderInPanel(element(cluster), commands);
  const update = (shown: Cluster) =>
    rerender(inPanel(element(shown), commands));
  return { container, executed, update };
}

const text = () => screen.getByRole('article').textContent ?? '';
const press = (name: string | RegExp) =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('a running cluster', () => {
  it('tells its workers, cores, memory, tasks and age', () => {
    show(clusterWith());
    expect(text()).toContain('running 14 min');
    expect(text()).toContain('6 ready · 4 arriving · 10 requested');
    expect(text()).toContain('24 cores');
    expect(text()).toContain('96\u00a0GiB 61% used');
    expect(text()).toContain('1,204 tasks running');
  });

  it('claims no figure that is not known', () => {
    show(
      clusterWith({
        workers: { ready: null, arriving: null, requested: null, reason: null },
        cores: null,
        memory: { limit: null, used: null },
        tasks: null
      })
    );
    expect(text()).toContain('Workers not known');
    expect(text()).not.toContain('cores');
  });

  it('inserts code, and shuts down', () => {
    const { executed } = show(clusterWith());
    press('Insert code that connects to landsat-mosaic');
    press('Shut down landsat-mosaic');
    expect(executed).toEqual([
      { command: CommandIDs.insertSnippet, args: { id } },
      { command: CommandIDs.shutdownCluster, args: { id } }
    ]);
  });

  it('offers the code to copy in the menu of its button', () => {
    const { executed } = show(clusterWith());
    press('More ways to use the code of landsat-mosaic');
    chooseInMenu('Copy code');
    expect(executed).toEqual([
      { command: CommandIDs.copySnippet, args: { id } }
    ]);
  });

  it('folds to its workers and how it scales', () => {
    show(clusterWith(), false);
    expect(screen.queryByRole('slider')).toBeNull();
    expect(text()).toContain('6 ready · 4 arriving · adaptive 2–20');
    press('Show more of landsat-mosaic');
    expect(screen.getAllByRole('slider')).toHaveLength(2);
  });

  it('says when it is idle and that nobody is connected', () => {
    const stops = new Date(Date.now() + 400_500).toISOString();
    const since = new Date(Date.now() - 200_000).toISOString();
    const idle = { since, timeout: 600, stops_at: stops };
    show(clusterWith({ clients: 0, idle }));
    expect(text()).toMatch(/idle, stops in 6:[34]\d/);
    expect(text()).toContain('Idle for 3 min');
    expect(text()).toContain('No client connected');
  });

  it('says why figures are not to be had', () => {
    const reason = 'The scheduler cannot be reached from here.';
    show(clusterWith({ live: { kind: 'none', reason, connectable: null } }));
    expect(text()).toContain(reason);
  });

  it('is marked while it is only last known', () => {
    show(clusterWith({ stale: true }));
    expect(text()).toContain('running when last seen');
    expect(screen.getByRole('article').className).toContain('jp-mod-stale');
  });
});

describe('a pending cluster', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pending = () =>
    clusterWith({
      state: 'pending',
      created: new Date(Date.now() - 21_000).toISOString()
    });

  it('counts the seconds, shows progress and can be cancelled', () => {
    const { executed } = show(pending());
    expect(text()).toContain('starting 0:21');
    act(() => void jest.advanceTimersByTime(2000));
    expect(text()).toContain('starting 0:23');
    expect(screen.getByRole('progressbar')).toBeTruthy();
    expect(text()).toContain('Then adaptive, 2–20 workers');
    press('Cancel landsat-mosaic');
    expect(executed).toEqual([
      { command: CommandIDs.cancelCluster, args: { id } }
    ]);
  });

  it('changes one text, and nothing else, for a second that passes', () => {
    show(pending());
    const changes = new MutationObserver(() => undefined);
    changes.observe(screen.getByRole('article'), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true
    });
    act(() => void jest.advanceTimersByTime(1000));
    const touched = changes.takeRecords();
    expect(touched.map(({ type }) => type)).toEqual(['characterData']);
  });
});

it('a stopping cluster offers nothing to press but its menu', () => {
  show(clusterWith({ state: 'stopping' }));
  expect(text()).toContain('stopping');
  expect(screen.getAllByRole('button')).toHaveLength(1);
});

it('a stopped cluster says why and can be dismissed', () => {
  const reason = 'Stopped after 10 minutes without work';
  const { executed } = show(clusterWith({ state: 'stopped', reason }));
  expect(text()).toContain(reason);
  press('Dismiss landsat-mosaic');
  expect(executed).toEqual([
    { command: CommandIDs.dismissCluster, args: { id } }
  ]);
});

it('a failed cluster says why, and can be edited and retried, or dismissed', () => {
  const reason = 'When specifying an image you must also provide a tag';
  const { executed } = show(clusterWith({ state: 'failed', reason }));
  expect(text()).toContain(reason);
  press('Edit and retry landsat-mosaic');
  press('Dismiss landsat-mosaic');
  expect(executed.map(({ command }) => command)).toEqual([
    CommandIDs.retryCluster,
    CommandIDs.dismissCluster
  ]);
});

describe('renaming', () => {
  const field = () => screen.getByRole<HTMLInputElement>('textbox');
  const rename = (name: string, key: string) => {
    fireEvent.change(field(), { target: { value: name } });
    fireEvent.keyDown(field(), { key });
  };
  const start = () => fireEvent.doubleClick(screen.getByRole('heading'));
  const closed = () => show(clusterWith(), false);

  it('starts with a double click and sends on Enter, once', async () => {
    const { executed } = closed();
    start();
    await act(async () => {
      rename('  ndvi  ', 'Enter');
      await Promise.resolve();
    });
    expect(executed).toEqual([
      { command: CommandIDs.renameCluster, args: { id, label: 'ndvi' } }
    ]);
  });

  it('starts with F2, and Escape leaves the name', () => {
    const { executed } = closed();
    fireEvent.keyDown(screen.getByRole('article'), { key: 'F2' });
    rename('ndvi', 'Escape');
    expect(executed).toEqual([]);
    expect(screen.getByRole('heading').textContent).toBe('landsat-mosaic');
  });

  it('takes an empty name for the one of the backend', async () => {
    const { executed } = closed();
    start();
    await act(async () => {
      rename('', 'Enter');
      await Promise.resolve();
    });
    expect(executed[0].args).toEqual({ id, label: null });
  });

  it('sends nothing for the name it had', () => {
    const { executed } = closed();
    start();
    fireEvent.blur(field());
    expect(executed).toEqual([]);
  });
});

it.each<[string, Partial<Cluster>]>([
  ['running', {}],
  ['with a fixed size', { scaling: scalingWith({ mode: 'manual', count: 3 }) }],
  ['pending', { state: 'pending' }],
  ['stopping', { state: 'stopping' }],
  ['stopped', { state: 'stopped', reason: 'Shut down elsewhere' }],
  ['failed', { state: 'failed', reason: 'No such image' }],
  ['stale', { stale: true }]
])('is accessible: %s', async (_, change) => {
  const { container } = show(clusterWith(change));
  expect(await axe(container)).toHaveNoViolations();
});
