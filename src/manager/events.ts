// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Event } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { BackendEvent, ClusterEvent } from '../_schema';

/** The ids of the event schemas that the server extension emits. */
export const CLUSTER_STATUS =
  'https://events.jupyter.org/pccompute/cluster_status/v1';
export const BACKEND_STATUS =
  'https://events.jupyter.org/pccompute/backend_status/v1';

/**
 * The events of the server extension as typed signals, taken out of the stream
 * that JupyterLab already keeps open for all extensions.
 *
 * The stream has no replay and does not say when it was interrupted.
 */
export class ServerEvents implements IDisposable {
  constructor(private readonly _stream: Event.Stream) {
    _stream.connect(this._onEmission, this);
  }

  get clusterTold(): ISignal<this, ClusterEvent> {
    return this._clusterTold;
  }

  get backendTold(): ISignal<this, BackendEvent> {
    return this._backendTold;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._stream.disconnect(this._onEmission, this);
    Signal.clearData(this);
  }

  private _onEmission(_: Event.IManager, emission: Event.Emission): void {
    if (emission.schema_id === CLUSTER_STATUS) {
      this._clusterTold.emit(emission as unknown as ClusterEvent);
    } else if (emission.schema_id === BACKEND_STATUS) {
      this._backendTold.emit(emission as unknown as BackendEvent);
    }
  }

  private readonly _clusterTold = new Signal<this, ClusterEvent>(this);
  private readonly _backendTold = new Signal<this, BackendEvent>(this);
  private _isDisposed = false;
}
