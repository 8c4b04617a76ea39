// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { WorkerInfo } from '../../_schema';
import { Polled } from '../polled';
import { WorkersView } from '../workersview';
import { trans } from './dom';
import { clusterWith, FakeManager } from './fakemanager';
import { workerColumns } from '../workercolumns';
import { inWorkerOrder } from '../workersorting';

const GIB = 2 ** 30;

function workerWith(change: Partial<WorkerInfo> = {}): WorkerInfo {
  return {
    name: 'worker-1',
    status: 'running',
    threads: 4,
    memory: { limit: 16 * GIB, used: 4 * GIB },
    cpu: 0.5,
    tasks: null,
    last_seen: new Date().toISOString(),
    ...change
  };
}

describe('the view of workers', () => {
  let manager: FakeManager;
  let view: WorkersView;

  beforeEach(() => {
    manager = new FakeManager();
    manager.clusters = [clusterWith()];
    // jsdom lays nothing out: give the scroll box a size.
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400);
    jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800);
  });
  afterEach(() => act(() => view.dispose()));

  async function show(answer: () => Promise<WorkerInfo[]>): Promise<void> {
    manager.workers = answer;
    view = new WorkersView({ manager, cluster: clusterWith().id });
    await act(async () => {
      Widget.attach(view, document.body);
      await view.renderPromise;
    });
  }
  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map(row => within(row).getAllByRole('cell')[0].textContent);

  it('lists them with their figures', async () => {
    await show(() => Promise.resolve([workerWith()]));
    const cell = await screen.findByText('worker-1');
    const row = cell.closest<HTMLElement>('[role=row]')!;
    expect(
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent)
    ).toEqual([
      'worker-1',
      'running',
      '4',
      '4\u00a0GiB of 16\u00a0GiB',
      '50%',
      'now'
    ]);
    expect(view.title.label).toBe('Workers of landsat-mosaic');
    expect(
      screen.getByText('1 worker · 4 threads · 4 GiB of memory used')
    ).toBeTruthy();
  });

  it('sorts by a press on a heading, and says so', async () => {
    await show(() =>
      Promise.resolve([
        workerWith({ name: 'w10', cpu: 0.1 }),
        workerWith({ name: 'w2', cpu: 0.9 }),
        workerWith({ name: 'w3', cpu: null })
      ])
    );
    await screen.findByText('w10');
    expect(names()).toEqual(['w2', 'w3', 'w10']);
    const press = (name: string) =>
      fireEvent.click(screen.getByRole('button', { name }));
    press('CPU');
    expect(names()).toEqual(['w2', 'w10', 'w3']);
    const heading = screen.getByRole('columnheader', { name: 'CPU' });
    expect(heading.getAttribute('aria-sort')).toBe('descending');
    press('CPU');
    expect(names()).toEqual(['w10', 'w2', 'w3']);
  });

  it('has few rows of a thousand in the page', async () => {
    const workers = Array.from({ length: 1000 }, (_, index) =>
      workerWith({ name: `worker-${index}` })
    );
    await show(() => Promise.resolve(workers));
    const table = await screen.findByRole('table');
    expect(table.getAttribute('aria-rowcount')).toBe('1001');
    await screen.findByText('worker-1');
    expect(document.querySelectorAll('[role=row]').length).toBeLessThan(80);
  });

  it('uses the rows that scroll out of sight for those that come', async () => {
    const workers = Array.from({ length: 1000 }, (_, index) =>
      workerWith({ name: `worker-${index}` })
    );
    await show(() => Promise.resolve(workers));
    await screen.findByText('worker-1');
    const rows = () => [
      ...document.querySelectorAll('.jp-PccomputeWorkers-body > [role=row]')
    ];
    const box = screen.getByRole('region', { name: /Workers of/ });
    const scrollTo = (pixels: number) => {
      box.scrollTop = pixels;
      fireEvent.scroll(box);
    };
    scrollTo(2600);
    const before = new Set(rows());
    scrollTo(13_000);
    expect(new Set(rows())).toEqual(before);
    const places = rows().map(row => Number(row.getAttribute('aria-rowindex')));
    expect(places).toEqual(places.map((_, index) => places[0] + index));
    expect(names()[0]).toBe(`worker-${places[0] - 2}`);
  });

  it('asks only while somebody sees it', async () => {
    const active = jest.spyOn(Polled.prototype, 'active', 'set');
    await show(() => Promise.resolve([workerWith()]));
    await screen.findByText('worker-1');
    act(() => view.hide());
    act(() => view.show());
    expect(active.mock.calls).toEqual([[true], [false], [true]]);
  });

  it('says why they are not to be had, and asks again', async () => {
    const answers = [
      Promise.reject(new Error('The scheduler does not answer.')),
      Promise.resolve([workerWith()])
    ];
    answers[0].catch(() => undefined);
    await show(() => answers.shift() ?? Promise.resolve([]));
    await screen.findByText('The scheduler does not answer.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('table');
    expect(screen.queryByText('The scheduler does not answer.')).toBeNull();
  });

  it('says where there are none, and why', async () => {
    const { workers } = clusterWith();
    const reason = 'Two are starting.';
    manager.clusters = [clusterWith({ workers: { ...workers, reason } })];
    await show(() => Promise.resolve([]));
    await screen.findByText(/No worker is ready. Two are starting./);
  });

  it('is accessible', async () => {
    await show(() =>
      Promise.resolve([workerWith(), workerWith({ name: 'b', cpu: null })])
    );
    await screen.findByText('worker-1');
    expect(await axe(view.node)).toHaveNoViolations();
  });
});

it('what is not known of a worker is last, in either direction', () => {
  const columns = workerColumns(trans);
  const workers = [
    workerWith({ name: 'a', cpu: null }),
    workerWith({ name: 'b', cpu: 1 })
  ];
  for (const descending of [true, false]) {
    const order = { column: 'cpu', descending } as const;
    const sorted = inWorkerOrder(workers, columns, order);
    expect(sorted.map(({ name }) => name)).toEqual(['b', 'a']);
  }
});
