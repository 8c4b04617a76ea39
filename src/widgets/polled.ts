// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IDisposable } from '@lumino/disposable';
import { Poll } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

/** The longest pause between two questions, in milliseconds, while there is no answer. */
const LONGEST_PAUSE = 30_000;

/** Something that the server is asked for again and again while it is `active`. The last answer stays where a later one fails. */
export class Polled<T> implements IDisposable {
  constructor(options: Polled.IOptions<T>) {
    this._ask = options.ask;
    this._poll = new Poll({
      auto: false,
      factory: () => this._load(),
      frequency: {
        interval: options.interval,
        backoff: true,
        max: LONGEST_PAUSE
      },
      name: options.name,
      standby: 'when-hidden'
    });
  }

  /** The last answer; null before the first. */
  get value(): T | null {
    return this._value;
  }

  /** Why the last question failed, for people; null where it did not. */
  get problem(): string | null {
    return this._problem;
  }

  /** Emitted after `value` or `problem` changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get active(): boolean {
    return this._active;
  }

  set active(active: boolean) {
    if (this._active === active || this._isDisposed) {
      return;
    }
    this._active = active;
    void (active ? this._poll.start() : this._poll.stop());
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._poll.dispose();
    Signal.clearData(this);
  }

  /** Ask once, now. It never rejects: what fails becomes the `problem`. */
  refresh(): Promise<void> {
    return this._load().catch(() => undefined);
  }

  /** Who asks while an answer is awaited shares it. */
  private _load(): Promise<void> {
    this._loading ??= this._ask()
      .then(
        value => {
          this._value = value;
          this._settle(null);
        },
        (reason: unknown) => {
          this._settle(
            reason instanceof Error ? reason.message : String(reason)
          );
          throw reason;
        }
      )
      .finally(() => {
        this._loading = null;
      });
    return this._loading;
  }

  private _settle(problem: string | null): void {
    if (!this._isDisposed) {
      this._problem = problem;
      this._changed.emit();
    }
  }

  private readonly _ask: () => Promise<T>;
  private readonly _poll: Poll;
  private readonly _changed = new Signal<this, void>(this);
  private _loading: Promise<void> | null = null;
  private _value: T | null = null;
  private _problem: string | null = null;
  private _active = false;
  private _isDisposed = false;
}

/** The namespace of `Polled`. */
export namespace Polled {
  /** What is asked for, and how often. */
  export interface IOptions<T> {
    ask: () => Promise<T>;
    /** Milliseconds from answer to question. */
    interval: number;
    /** For the browser's console. */
    name: string;
  }
}
