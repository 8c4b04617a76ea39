// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Widget } from '@lumino/widgets';
import { act } from '@testing-library/react';
import { DashboardView } from '../dashboardview';
import { clusterWith, FakeManager } from './fakemanager';
import './dom';

const { id } = clusterWith();

describe('the view of a dashboard', () => {
  let manager: FakeManager;
  let view: DashboardView;

  beforeEach(() => {
    manager = new FakeManager();
    manager.clusters = [clusterWith()];
  });
  afterEach(() => act(() => view.dispose()));

  async function show(plot: string | null): Promise<HTMLIFrameElement> {
    view = new DashboardView({ manager, cluster: id, plot });
    await act(async () => {
      Widget.attach(view, document.body);
      await Promise.resolve();
    });
    return view.node.querySelector('iframe')!;
  }

  it('shows what the server shows, without the rights of this page', async () => {
    const frame = await show(null);
    expect(frame.src).toBe(manager.dashboardUrl(id));
    expect(frame.getAttribute('sandbox')).toContain('allow-scripts');
    expect(frame.getAttribute('sandbox')).not.toContain('same-origin');
    expect(frame.getAttribute('sandbox')).not.toContain('top-navigation');
    expect(frame.title).toBe('Dashboard of landsat-mosaic');
  });

  it('shows a single plot', async () => {
    const frame = await show('individual-task-stream');
    expect(frame.src).toBe(manager.dashboardUrl(id, 'individual-task-stream'));
    expect(view.title.label).toBe('Task stream of landsat-mosaic');
  });

  it('takes the name of a cluster that is known only later', async () => {
    manager.clusters = [];
    await show(null);
    expect(view.title.label).toBe('Dashboard of a cluster');
    manager.set({ clusters: [clusterWith()] });
    expect(view.title.label).toBe('Dashboard of landsat-mosaic');
  });

  it('says when its cluster has ended', async () => {
    await show(null);
    const note = () =>
      view.node.querySelector('.jp-PccomputeDashboard-note')?.textContent;
    expect(note()).toBe('');
    await act(async () => {
      manager.set({ clusters: [clusterWith({ state: 'stopped' })] });
      await new Promise(resolve => requestAnimationFrame(resolve));
    });
    expect(note()).toContain('This cluster is stopped');
  });
});
