// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { act, fireEvent, screen } from '@testing-library/react';
import React from 'react';
import { CommandIDs } from '../../tokens';
import { KernelConnections } from '../kernelconnections';
import { KernelLine } from '../kernelline';
import { inPanel } from './dom';
import { clusterWith, fakeCommands } from './fakemanager';
import { render } from '@testing-library/react';

describe('what a card says of a kernel', () => {
  const cluster = clusterWith();
  const place = 'a.ipynb';
  const show = () => {
    const connections = new KernelConnections();
    const { commands, executed } = fakeCommands();
    const line = <KernelLine cluster={cluster} name="mosaic" />;
    const view = inPanel(line, commands, undefined, undefined, connections);
    const { container } = render(view);
    return { connections, executed, container };
  };

  it('is nothing, that it is being connected, and as what', () => {
    const { connections, container } = show();
    expect(container.textContent).toBe('');
    act(() => connections.set(cluster.id, { state: 'connecting', place }));
    expect(container.textContent).toBe('Connecting the kernel of a.ipynb…');
    act(() =>
      connections.set(cluster.id, {
        state: 'connected',
        place,
        client: 'client_2'
      })
    );
    expect(container.textContent).toBe('Connected as client_2 in a.ipynb');
  });

  it('is why it failed, in short, with the details folded away', () => {
    const { connections, container, executed } = show();
    const message = 'ModuleNotFoundError: No module named dask_gateway';
    const details = 'Traceback (most recent call last)';
    act(() =>
      connections.set(cluster.id, { state: 'failed', place, message, details })
    );
    expect(screen.getByRole('alert').textContent).toContain(message);
    expect(container.querySelector('details')?.open).toBe(false);
    fireEvent.click(screen.getByText('Try again'));
    expect(executed).toEqual([
      { command: CommandIDs.connectKernel, args: { id: cluster.id } }
    ]);
    fireEvent.click(screen.getByText('Dismiss'));
    expect(container.textContent).toBe('');
  });

  it('is about its own cluster', () => {
    const { connections, container } = show();
    act(() => connections.set('another', { state: 'connecting', place }));
    expect(container.textContent).toBe('');
  });
});
