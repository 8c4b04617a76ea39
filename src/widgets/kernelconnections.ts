// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { type ISignal, Signal } from '@lumino/signaling';

/** How the last kernel that was to be connected to a cluster without a cell has fared. */
export type KernelConnection = {
  /** The name of the notebook or console. */
  readonly place: string;
} & (
  | { readonly state: 'connecting' }
  | {
      readonly state: 'connected';
      /** The name of the client in the kernel. */
      readonly client: string;
    }
  | {
      readonly state: 'failed';
      readonly message: string;
      /** The traceback; empty where there is none. */
      readonly details: string;
    }
);

/** The kernels that were connected to clusters from here: the last one for each cluster. */
export class KernelConnections {
  /** Emitted with the id of a cluster after its connection has changed. */
  get changed(): ISignal<this, string> {
    return this._changed;
  }

  of(cluster: string): KernelConnection | null {
    return this._connections.get(cluster) ?? null;
  }

  set(cluster: string, connection: KernelConnection | null): void {
    if (connection) {
      this._connections.set(cluster, connection);
    } else if (!this._connections.delete(cluster)) {
      return;
    }
    this._changed.emit(cluster);
  }

  private readonly _connections = new Map<string, KernelConnection>();
  private readonly _changed = new Signal<this, string>(this);
}
