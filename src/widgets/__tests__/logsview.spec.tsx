// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { LogLine, LogList } from '../../_schema';
import { LogsView } from '../logsview';
import { entriesOf, fileNameOf, fileOf, partsOf, search } from '../logtext';
import { Polled } from '../polled';
import { clusterWith, FakeManager } from './fakemanager';
import './dom';

const line = (message: string, second: number | null = null): LogLine => ({
  message,
  level: 'info',
  time: second === null ? null : `2026-01-02T03:04:0${second}Z`
});

const list: LogList = {
  sources: [
    {
      source: 'scheduler',
      lines: [line('State start', 1), line('Register worker', 4)],
      problem: null
    },
    {
      source: 'worker-1',
      lines: [line('Start worker', 2), line('of a gateway'), line('Bye', 5)],
      problem: null
    }
  ],
  problem: null
};

describe('the text of logs', () => {
  it('of all sources is in the order of time', () => {
    expect(entriesOf(list, null).map(({ message }) => message)).toEqual([
      'State start',
      'Start worker',
      'of a gateway',
      'Register worker',
      'Bye'
    ]);
  });

  it('is searched in whichever case, and cut where it is marked', () => {
    const entries = entriesOf(list, 'scheduler');
    expect(search(entries, ' WORKER ')).toHaveLength(1);
    expect(search(entries, '')).toHaveLength(2);
    expect(partsOf('a.b axb', 'A.B')).toEqual([
      { text: 'a.b', found: true },
      { text: ' axb', found: false }
    ]);
  });

  it('becomes a file with a name that can be one', () => {
    expect(fileOf(entriesOf(list, 'scheduler'), false)).toBe(
      '2026-01-02T03:04:01Z INFO State start\n2026-01-02T03:04:04Z INFO Register worker\n'
    );
    expect(fileNameOf('my/cluster: 1', 'tls://10.0.0.1:80')).toBe(
      'my-cluster-1-tls-10.0.0.1-80.log'
    );
  });
});

describe('the view of logs', () => {
  let manager: FakeManager;
  let view: LogsView;
  let answer: () => Promise<LogList>;
  let asked: (number | undefined)[];

  beforeEach(() => {
    manager = new FakeManager();
    manager.clusters = [clusterWith()];
    answer = () => Promise.resolve(list);
    asked = [];
    manager.logs = (_, lines) => {
      asked.push(lines);
      return answer();
    };
  });
  afterEach(() => act(() => view.dispose()));

  async function show(): Promise<void> {
    view = new LogsView({ manager, cluster: clusterWith().id });
    await act(async () => {
      Widget.attach(view, document.body);
      await view.renderPromise;
    });
  }
  const log = () => screen.findByRole('log');

  it('shows the scheduler’s first, then whichever is chosen', async () => {
    await show();
    expect((await log()).textContent).toContain('State start');
    expect((await log()).textContent).not.toContain('Bye');
    const sources = screen.getByRole('combobox', { name: 'Log of' });
    fireEvent.change(sources, { target: { value: 'worker-1' } });
    await screen.findByText('Bye');
    expect((await log()).textContent).not.toContain('State start');
  });

  it('shows only the lines that hold what is sought', async () => {
    await show();
    await log();
    const field = screen.getByRole('searchbox', { name: 'Search' });
    fireEvent.change(field, { target: { value: 'register' } });
    await screen.findByText('1 line');
    expect((await log()).textContent).not.toContain('State start');
    expect(document.querySelector('mark')?.textContent).toBe('Register');
  });

  it('asks again only while it follows and is seen', async () => {
    const active = jest.spyOn(Polled.prototype, 'active', 'set');
    const now = () => active.mock.calls.at(-1)?.[0];
    await show();
    await log();
    expect(now()).toBe(true);
    const press = async (pressed: boolean) => {
      fireEvent.click(screen.getByRole('button', { name: 'Follow' }));
      await screen.findByRole('button', { name: 'Follow', pressed });
    };
    await press(false);
    expect(now()).toBe(false);
    act(() => view.hide());
    act(() => view.show());
    expect(now()).toBe(false);
    await press(true);
    expect(now()).toBe(true);
    act(() => view.hide());
    expect(now()).toBe(false);
  });

  it('saves the chosen log as a file, with all lines that there are', async () => {
    await show();
    await log();
    const saved: string[] = [];
    Object.assign(URL, {
      createObjectURL: () => 'blob:log',
      revokeObjectURL: () => undefined
    });
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function (this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    await act(() => view.download());
    expect(asked.at(-1)).toBe(5000);
    expect(saved).toEqual(['landsat-mosaic-scheduler.log']);
  });

  it('says why there are none, and what is known all the same', async () => {
    const reason = 'The image was not found.';
    manager.clusters = [
      clusterWith({ state: 'failed', reason, progress: ['Pulling'] })
    ];
    answer = () => Promise.reject(new Error('This cluster has failed.'));
    await show();
    await screen.findByText('This cluster has failed.');
    expect(screen.getByText('Pulling')).toBeTruthy();
    expect(screen.getByText(reason)).toBeTruthy();
    answer = () => Promise.resolve(list);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await log();
    expect(screen.queryByText('This cluster has failed.')).toBeNull();
  });

  it('says which part could not be had', async () => {
    const problem = 'It does not answer.';
    answer = () =>
      Promise.resolve({
        sources: [list.sources[0], { source: 'w', lines: [], problem }],
        problem: 'Only 1 of 3 workers could be asked.'
      });
    await show();
    await screen.findByText('Only 1 of 3 workers could be asked.');
  });

  it('is accessible', async () => {
    await show();
    await log();
    expect(await axe(view.node)).toHaveNoViolations();
  });
});
