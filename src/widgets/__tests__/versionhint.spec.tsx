// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { act, fireEvent, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { VersionDifference } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { ClusterCard } from '../clustercard';
import { renderInPanel } from './dom';
import { clusterWith, fakeCommands, FakeManager } from './fakemanager';

const WHY = 'Other versions may not understand each other.';
const difference = (
  name: string,
  kernel: string | null,
  ...workers: (string | null)[]
): VersionDifference => ({
  package: name,
  kernel,
  scheduler: '1.0',
  workers,
  matters: true,
  why: WHY,
  advice: 'Choose another image.'
});

describe('the hint on versions', () => {
  const show = (open = false) => {
    const manager = new FakeManager();
    const registry = fakeCommands();
    const cluster = clusterWith();
    const { container } = renderInPanel(
      <ClusterCard cluster={cluster} startsOpen={open} />,
      registry.commands,
      manager
    );
    const give = (...differences: VersionDifference[]) =>
      act(() => manager.versionHints.give(cluster.id, differences));
    return { ...registry, cluster, container, give, manager };
  };

  it('is not there while nothing differs', () => {
    show();
    expect(screen.queryByText(/other versions/)).toBeNull();
  });

  it('comes to a card that is there, also to a small one', async () => {
    const { container, give } = show();
    give(
      difference('dask', '2026.8.0', '2024.4.2'),
      difference('python', '3.11.7', '3.12.1.final.0', '3.12.1.final.0'),
      difference('numpy', '2.1', null, '1.26'),
      difference('xarray', '2026.1')
    );
    const items = screen.getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'dask: 2026.8.0 here, 2024.4.2 there',
      'python: 3.11.7 here, 3.12.1 there',
      'numpy: 2.1 here, missing, 1.26 there',
      'xarray: 2026.1 here, 1.0 there'
    ]);
    // What is the same for several is said once.
    expect(container.textContent!.split(WHY)).toHaveLength(2);
    expect(container.textContent!.split('Choose another image.')).toHaveLength(
      2
    );
    expect(await axe(container)).toHaveNoViolations();
    give();
    expect(screen.queryByText(/other versions/)).toBeNull();
  });

  it('can be dismissed, and the keyboard stays in the card', () => {
    const { cluster, executed, give } = show();
    give(difference('dask', '2', '1'));
    const dismiss = screen.getByRole('button', {
      name: 'Dismiss the hint on versions of landsat-mosaic'
    });
    dismiss.focus();
    fireEvent.click(dismiss);
    expect(executed).toEqual([
      { command: CommandIDs.dismissVersionHint, args: { id: cluster.id } }
    ]);
    expect(document.activeElement?.tagName).toBe('ARTICLE');
  });

  it('of another cluster is not shown', () => {
    const { manager } = show();
    act(() =>
      manager.versionHints.give('f'.repeat(16), [difference('dask', '2', '1')])
    );
    expect(screen.queryByText(/other versions/)).toBeNull();
  });
});
