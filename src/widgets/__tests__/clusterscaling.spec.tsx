// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { PromiseDelegate } from '@lumino/coreutils';
import { act, fireEvent, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { ClusterScaling } from '../clusterscaling';
import { inPanel, renderInPanel } from './dom';
import {
  clusterWith,
  fakeCommands,
  type IExecuted,
  scalingWith
} from './fakemanager';

const MAXIMUM = 'Maximum workers of mosaic';
const { id } = clusterWith();

function show(cluster: Cluster, answer?: (executed: IExecuted) => unknown) {
  const { commands, executed } = fakeCommands(answer);
  const element = (shown: Cluster) => (
    <ClusterScaling cluster={shown} name="mosaic" />
  );
  const { container, rerender } = renderInPanel(element(cluster), commands);
  const update = (shown: Cluster) =>
    rerender(inPanel(element(shown), commands));
  return { container, executed, update };
}

const field = () =>
  screen.getByRole<HTMLInputElement>('textbox', { name: MAXIMUM });
async function choose(maximum: number): Promise<void> {
  fireEvent.change(field(), { target: { value: String(maximum) } });
  await act(async () => {
    fireEvent.keyDown(field(), { key: 'Enter' });
    await Promise.resolve();
  });
}

it('shows a choice as asked for until the cluster confirms it', async () => {
  const answer = new PromiseDelegate<void>();
  const { executed, update } = show(clusterWith(), () => answer.promise);
  await choose(12);
  expect(executed).toEqual([
    {
      command: CommandIDs.adaptCluster,
      args: { id, minimum: 2, maximum: 12 }
    }
  ]);
  expect(screen.getByText('Asked for 2–12…')).toBeTruthy();
  expect(field().value).toBe('12');

  // The server has the request, the gateway not yet.
  update(
    clusterWith({ scaling: scalingWith({ maximum: 12, confirmed: false }) })
  );
  await act(async () => {
    answer.resolve();
    await answer.promise;
  });
  expect(screen.getByText('Asked for 2–12…')).toBeTruthy();

  update(clusterWith({ scaling: scalingWith({ maximum: 12 }) }));
  expect(screen.queryByText(/Asked for/)).toBeNull();
  expect(field().value).toBe('12');
});

it('sends a change of mind although the first answer is still out', async () => {
  const { executed } = show(clusterWith(), () => new Promise(() => undefined));
  await choose(50);
  await choose(20);
  expect(executed.map(({ args }) => args)).toEqual([
    { id, minimum: 2, maximum: 50 },
    { id, minimum: 2, maximum: 20 }
  ]);
  expect(field().value).toBe('20');
});

it('sends nothing for what is so already', async () => {
  const { executed } = show(clusterWith());
  await choose(20);
  expect(executed).toEqual([]);
});

it('goes back to what is so when the request fails, and says why', async () => {
  show(clusterWith(), () => {
    throw new Error('The gateway does not answer. Try again later.');
  });
  await choose(12);
  expect(screen.getByRole('alert').textContent).toContain(
    'The gateway does not answer. Try again later.'
  );
  expect(field().value).toBe('20');
});

it('asks back before a large jump where no limit is known', async () => {
  const { executed } = show(clusterWith());
  await choose(400);
  expect(executed).toEqual([]);
  expect(screen.getByRole('alert').textContent).toContain('400 workers?');
  fireEvent.click(screen.getByRole('button', { name: 'Keep 2–20' }));
  expect(field().value).toBe('20');
  expect(executed).toEqual([]);

  await choose(400);
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Ask for 2–400' }));
    await Promise.resolve();
  });
  expect(executed).toHaveLength(1);
});

it('shows a clamp in the words of the gateway', () => {
  const warning = 'Adaptive bounds were clamped to 4 workers';
  show(
    clusterWith({ scaling: scalingWith({ warning, limit: 4, maximum: 4 }) })
  );
  expect(screen.getByText(warning)).toBeTruthy();
  const thumb = screen.getByRole('slider', { name: MAXIMUM });
  expect(thumb.getAttribute('aria-valuemax')).toBe('4');
});

it('says where a size was set here and no scheduler confirms it', () => {
  show(clusterWith({ scaling: scalingWith({ source: 'set-here' }) }));
  expect(
    screen.getByText('Set here, not confirmed by the scheduler')
  ).toBeTruthy();
});

it('claims nothing where it is not known how the cluster scales', () => {
  show(clusterWith({ scaling: null }));
  expect(screen.queryByRole('slider')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: /^Set its size/ }));
  expect(screen.getAllByRole('slider')).toHaveLength(2);
});

it('is accessible', async () => {
  const { container } = show(
    clusterWith({ scaling: scalingWith({ limit: 40, warning: 'Clamped' }) })
  );
  expect(await axe(container)).toHaveNoViolations();
});
