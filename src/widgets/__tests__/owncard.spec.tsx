// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { Account, Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { BackendSection } from '../backendsection';
import { ClusterCard } from '../clustercard';
import { chooseInMenu, renderInPanel } from './dom';
import { backendWith, clusterWith, fakeCommands } from './fakemanager';

const cost: NonNullable<Cluster['cost']> = {
  per_hour: 0.42,
  total: 1.034,
  currency: 'USD',
  at: '2026-01-02T03:04:05Z'
};

describe('the card of a cluster that costs money', () => {
  const show = (change: Partial<Cluster>) =>
    renderInPanel(
      <ClusterCard cluster={clusterWith({ cost, ...change })} startsOpen />,
      fakeCommands().commands
    ).container;
  const line = (container: HTMLElement) =>
    container
      .querySelector('.jp-PccomputePanel-cost')
      ?.textContent?.replace(/\u00a0/g, ' ');

  it.each<[string, Partial<Cluster>, string | undefined]>([
    ['runs', {}, 'about 0.42 USD/h · 1.03 USD so far'],
    ['starts', { state: 'pending' }, 'about 0.42 USD/h · 1.03 USD so far'],
    ['stops', { state: 'stopping' }, 'about 0.42 USD/h · 1.03 USD so far'],
    ['has failed', { state: 'failed' }, 'cost about 1.03 USD'],
    [
      'is cheap',
      { cost: { ...cost, per_hour: 0.0456, total: 0 } },
      'about 0.046 USD/h · 0.00 USD so far'
    ],
    [
      'has begun only now',
      { cost: { ...cost, total: 0.0001 } },
      'about 0.42 USD/h · 0.00 USD so far'
    ],
    [
      'has no price now',
      { cost: { ...cost, per_hour: null } },
      '1.03 USD so far'
    ],
    [
      'cost nothing',
      { state: 'failed', cost: { ...cost, total: 0 } },
      undefined
    ],
    ['has no prices', { cost: null }, undefined]
  ])('says so while it %s', (_, change, expected) => {
    expect(line(show(change))).toBe(expected);
  });

  it('tells that the figures are estimated', () => {
    expect(
      show({}).querySelector('.jp-PccomputePanel-cost')?.getAttribute('title')
    ).toMatch(/^Estimated/);
  });
});

describe('the card of a cluster of one’s own', () => {
  const show = (change: Partial<Cluster>) =>
    renderInPanel(
      <ClusterCard cluster={clusterWith(change)} startsOpen />,
      fakeCommands().commands
    ).container;

  it('tells how its start goes, the latest first', async () => {
    const container = show({
      state: 'pending',
      progress: ['Assigned public IP', 'Creating VM']
    });
    expect(screen.getByText('Creating VM').className).toBe(
      'jp-PccomputePanel-hint'
    );
    const before = screen.getAllByRole('listitem', { hidden: true });
    expect(before.map(node => node.textContent)).toEqual([
      'Assigned public IP'
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows what is still to be deleted', () => {
    const container = show({ state: 'stopping', remains: ['disk dask-1'] });
    expect(container.textContent).toContain('Still to be deleted:disk dask-1');
  });
});

describe('the section of a backend with a sign-in of its own', () => {
  const show = (account: Account | null, finds_leftovers = false) => {
    const { commands, executed } = fakeCommands();
    const { container } = renderInPanel(
      <BackendSection
        backend={backendWith({ account, finds_leftovers, address: null })}
        clusters={[]}
        problem={undefined}
        known
        cardsStartOpen={false}
      />,
      commands
    );
    return { container, executed };
  };

  it('says by what', async () => {
    const { container } = show({
      signed_in: true,
      method: 'az',
      text: 'Signed in with az.'
    });
    expect(screen.getByText('Signed in with az.').className).toBe(
      'jp-PccomputePanel-credential'
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says what to do where it is missing', () => {
    show({ signed_in: false, method: null, text: 'Run az login.' });
    expect(screen.getByText('Run az login.').className).toBe(
      'jp-PccomputeNote-text'
    );
  });

  it('looks for leftovers by its menu', () => {
    const { executed } = show(null, true);
    screen.getByRole('button', { name: 'Actions for Planetary hub' }).click();
    chooseInMenu('Find leftovers…');
    expect(executed).toEqual([
      { command: CommandIDs.findLeftovers, args: { backend: 'hub' } }
    ]);
  });
});
