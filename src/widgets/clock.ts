// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

/** How often a clock of seconds, and one of minutes, moves on (milliseconds). */
const PERIODS = { second: 1000, minute: 20_000 };

/** How exactly a clock has to be read. */
export type Precision = keyof typeof PERIODS;

/** Calls all who follow it at the same moment, so that a thousand texts that move with time take one timer and are rendered together. */
class Clock {
  constructor(private readonly _period: number) {}

  /** Be called again and again, until the returned function is called. */
  follow(follower: () => void): () => void {
    this._followers.add(follower);
    this._timer ??= window.setInterval(() => this._tick(), this._period);
    return () => {
      this._followers.delete(follower);
      if (this._followers.size === 0 && this._timer !== null) {
        window.clearInterval(this._timer);
        this._timer = null;
      }
    };
  }

  private _tick(): void {
    [...this._followers].forEach(follower => follower());
  }

  private readonly _followers = new Set<() => void>();
  private _timer: number | null = null;
}

/** The clocks of the page; one that nobody follows stands still. */
export const clocks: { readonly [every in Precision]: Clock } = {
  second: new Clock(PERIODS.second),
  minute: new Clock(PERIODS.minute)
};
