// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import {
  fireEvent,
  render,
  screen,
  waitFor,
  within
} from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { Leftover, LeftoverList } from '../../_schema';
import { LeftoversView } from '../leftovers/leftoversview';
import { trans } from './dom';

const FIRST: Leftover = {
  id: '11aa22bb-01',
  cluster: '11aa22bb',
  place: 'resource group dask, subscription Research',
  resources: ['virtual machine dask-1', 'disk dask-1-disk']
};
const SECOND: Leftover = {
  id: '33cc44dd-01',
  cluster: '33cc44dd',
  place: 'resource group sea, subscription Research',
  resources: ['public IP dask-2']
};

/** What is found in two places, of which all could be looked into. */
function foundAs(...leftovers: Leftover[]): LeftoverList {
  return { leftovers, looked_into: ['Research', 'Teaching'], reason: null };
}

describe('the leftovers of clusters', () => {
  let search: jest.Mock<Promise<LeftoverList>>;
  let onDelete: jest.Mock<Promise<void>>;
  let onClose: jest.Mock;

  beforeEach(() => {
    search = jest.fn(() => Promise.resolve(foundAs(FIRST, SECOND)));
    onDelete = jest.fn(() => Promise.resolve());
    onClose = jest.fn();
  });
  const open = () =>
    render(
      <LeftoversView
        backend="My subscription"
        search={search}
        onDelete={onDelete}
        onClose={onClose}
        trans={trans}
      />
    );
  const group = (id: string) =>
    screen.findByRole('region', { name: `Cluster ${id}` });
  const press = (name: string | RegExp) =>
    fireEvent.click(screen.getByRole('button', { name }));

  it('are searched for at once', async () => {
    search.mockReturnValue(new Promise(() => undefined));
    const { container } = open();
    expect(screen.getByRole('progressbar')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toMatch(/^Looking for/);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('are listed by cluster, with a warning that they may be somebody’s', async () => {
    const { container } = open();
    const { getAllByRole } = within(await group(FIRST.cluster));
    expect(getAllByRole('listitem').map(node => node.textContent)).toEqual(
      FIRST.resources
    );
    expect(screen.getByText(/by a colleague/)).toBeTruthy();
    expect(screen.getByRole('status').textContent).toContain('2 clusters');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('are said to be none', async () => {
    search.mockResolvedValue(foundAs());
    open();
    expect(await screen.findByText(/^Nothing is left:/)).toBeTruthy();
    expect(screen.queryByText(/by a colleague/)).toBeNull();
  });

  it('tell where they are, and where nobody could look', async () => {
    search.mockResolvedValue({
      ...foundAs(SECOND),
      reason: 'The cellar is locked.'
    });
    const { container } = open();
    expect((await group(SECOND.cluster)).textContent).toContain(SECOND.place);
    expect(screen.getByText('The cellar is locked.')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toContain(
      '1 cluster that nobody here knows. Looked into Research, Teaching.'
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('name only the first of many places', async () => {
    const looked_into = ['A', 'B', 'C', 'D', 'E'];
    search.mockResolvedValue({ ...foundAs(), looked_into });
    open();
    expect(
      await screen.findByText(/Looked into A, B, C and 2 other places\.$/)
    ).toBeTruthy();
  });

  it('can’t be kept any more once they are being deleted', async () => {
    onDelete.mockReturnValue(new Promise(() => undefined));
    open();
    await group(FIRST.cluster);
    press('Delete what is left of 11aa22bb…');
    press('Delete all of 11aa22bb');
    expect(screen.queryByRole('button', { name: /^Keep/ })).toBeNull();
  });

  it('are deleted after a second click, each by itself', async () => {
    open();
    await group(FIRST.cluster);
    press('Delete what is left of 11aa22bb…');
    expect(onDelete).not.toHaveBeenCalled();
    const keep = screen.getByRole('button', {
      name: 'Keep what is left of 11aa22bb'
    });
    expect(document.activeElement).toBe(keep);
    press('Delete all of 11aa22bb');
    await waitFor(() =>
      expect(screen.queryByText('Cluster 11aa22bb')).toBeNull()
    );
    expect(onDelete.mock.calls).toEqual([[FIRST]]);
    expect(screen.getByRole('status').textContent).toContain(
      'One is being deleted'
    );
    expect(document.activeElement).toBe(
      screen.getByRole('region', { name: 'What was found' })
    );
    expect(await group(SECOND.cluster)).toBeTruthy();
  });

  it('are kept by who thinks again', async () => {
    open();
    await group(FIRST.cluster);
    press('Delete what is left of 11aa22bb…');
    press('Keep what is left of 11aa22bb');
    expect(document.activeElement).toBe(
      screen.getByRole('button', { name: 'Delete what is left of 11aa22bb…' })
    );
    expect(onDelete).not.toHaveBeenCalled();
  });

  it('stay in sight where they can’t be deleted, with the reason', async () => {
    onDelete.mockRejectedValue(new Error('It belongs to a cluster.'));
    open();
    await group(FIRST.cluster);
    press('Delete what is left of 11aa22bb…');
    press('Delete all of 11aa22bb');
    const alert = await within(await group(FIRST.cluster)).findByRole('alert');
    expect(alert.textContent).toBe('It belongs to a cluster.');
  });

  it('are searched for again when asked to, also after a failure', async () => {
    search.mockRejectedValueOnce(new Error('Nobody is signed in.'));
    open();
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Nobody is signed in.'
    );
    press('Look again');
    expect(await group(FIRST.cluster)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are left to be by the button at the end', async () => {
    open();
    await group(FIRST.cluster);
    press('Close');
    expect(onClose).toHaveBeenCalled();
  });
});
