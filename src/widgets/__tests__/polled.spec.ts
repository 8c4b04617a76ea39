// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { PromiseDelegate } from '@lumino/coreutils';
import { Polled } from '../polled';

describe('Polled', () => {
  let polled: Polled<number>;
  let asked: PromiseDelegate<number>[];
  const told: (number | null)[] = [];

  /** Let time pass, and everything happen that then happens. */
  const pass = (milliseconds: number) =>
    jest.advanceTimersByTimeAsync(milliseconds);

  beforeEach(() => {
    jest.useFakeTimers();
    asked = [];
    told.length = 0;
    polled = new Polled({
      ask: () => {
        const answer = new PromiseDelegate<number>();
        asked.push(answer);
        return answer.promise;
      },
      interval: 1000,
      name: 'test'
    });
    polled.changed.connect(() => told.push(polled.value));
  });
  afterEach(() => {
    polled.dispose();
    jest.useRealTimers();
  });

  it('asks only while it is active', async () => {
    await pass(5000);
    expect(asked).toHaveLength(0);
    polled.active = true;
    await pass(10);
    expect(asked).toHaveLength(1);
    asked[0].resolve(1);
    await pass(1500);
    expect(asked).toHaveLength(2);
    polled.active = false;
    asked[1].resolve(2);
    await pass(60_000);
    expect(asked).toHaveLength(2);
    expect(told).toEqual([1, 2]);
  });

  it('keeps the last answer where a question fails, says why, and asks more rarely', async () => {
    polled.active = true;
    await pass(10);
    asked[0].resolve(1);
    await pass(1500);
    asked[1].reject(new Error('It does not answer.'));
    await pass(0);
    expect(polled.value).toBe(1);
    expect(polled.problem).toBe('It does not answer.');
    await pass(60_000);
    expect(asked).toHaveLength(3);
    asked[2].resolve(3);
    await pass(0);
    expect(polled.problem).toBeNull();
  });

  it('shares an answer that is awaited already', async () => {
    polled.active = true;
    await pass(10);
    const refreshed = polled.refresh();
    expect(asked).toHaveLength(1);
    asked[0].resolve(7);
    await refreshed;
    expect(polled.value).toBe(7);
  });

  it('is silent once it is disposed of', async () => {
    polled.active = true;
    await pass(10);
    polled.dispose();
    asked[0].resolve(1);
    await pass(60_000);
    expect(told).toEqual([]);
    expect(asked).toHaveLength(1);
  });
});
