// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { rangeOf, stepPath } from '../steps';
import { HISTORY_SPAN, WorkersHistory } from '../workershistory';
import { clusterWith, FakeManager } from './fakemanager';

const { id, workers } = clusterWith();

describe('WorkersHistory', () => {
  let manager: FakeManager;
  let history: WorkersHistory;
  const tell = (ready: number | null, stale = false) =>
    manager.set({
      clusters: [clusterWith({ workers: { ...workers, ready }, stale })]
    });
  const seen = () => history.samples(id).map(({ ready }) => ready);

  beforeEach(() => {
    jest.useFakeTimers();
    manager = new FakeManager();
    history = new WorkersHistory(manager);
    history.look(true);
  });
  afterEach(() => {
    history.dispose();
    jest.useRealTimers();
  });

  it('remembers changes, and nothing else', () => {
    [1, 1, 2, 2, 1].forEach(ready => tell(ready));
    expect(seen()).toEqual([1, 2, 1]);
  });

  it('has gaps where nobody looked, and where figures were only last known', () => {
    tell(1);
    history.look(false);
    tell(5);
    history.look(true);
    tell(6, true);
    tell(6);
    expect(seen()).toEqual([1, null, 5, null, 6]);
  });

  it('forgets what is over, but not how the span began', () => {
    tell(1);
    jest.advanceTimersByTime(1000);
    tell(2);
    jest.advanceTimersByTime(HISTORY_SPAN + 1000);
    tell(3);
    expect(seen()).toEqual([2, 3]);
    manager.set({ clusters: [] });
    expect(seen()).toEqual([]);
  });

  it('does not grow without end', () => {
    for (let count = 0; count < 1000; count++) {
      tell(count);
    }
    expect(seen().length).toBeLessThanOrEqual(300);
    expect(seen().at(-1)).toBe(999);
  });
});

describe('the line of a history', () => {
  const span = { from: 0, to: 100 };

  it('goes in steps, from the start of the span to its end', () => {
    const samples = [
      { time: -50, ready: 0 },
      { time: 50, ready: 2 }
    ];
    expect(stepPath(samples, span, 2, 10, 10)).toBe('M0 10H5V0H10');
    expect(rangeOf(samples, span)).toEqual({
      least: 0,
      most: 2,
      latest: 2,
      since: 0
    });
  });

  it('breaks where nothing is known', () => {
    const samples = [
      { time: 0, ready: 1 },
      { time: 20, ready: null },
      { time: 80, ready: 1 }
    ];
    expect(stepPath(samples, span, 1, 10, 10)).toBe('M0 0H2M8 0H10');
    expect(rangeOf([], span)).toBeNull();
  });
});
