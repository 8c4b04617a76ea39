// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IDisposable } from '@lumino/disposable';

/** Milliseconds in which calls after the first one count as one: too short to be seen. */
const SPAN = 30;

/**
 * Acts at once, and for all calls that follow shortly after only once more.
 *
 * When a gateway is restarted, a thousand events come in a second; each of them must not render everything anew.
 */
export class Burst implements IDisposable {
  constructor(private readonly _act: () => void) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
  }

  call(): void {
    if (this._open) {
      this._called = true;
      return;
    }
    this._open = true;
    this._timer = window.setTimeout(() => this._close(), SPAN);
    this._act();
  }

  private _close(): void {
    this._open = false;
    if (this._called) {
      this._called = false;
      this.call();
    }
  }

  private _timer: number | undefined;
  private _open = false;
  private _called = false;
  private _isDisposed = false;
}
