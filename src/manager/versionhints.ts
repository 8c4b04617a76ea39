// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { type ISignal, Signal } from '@lumino/signaling';
import type { VersionDifference } from '../_schema';
import type { IComputeApi } from '../api';
import type { IVersionHints } from '../tokens';
import type { ClusterState } from './state';

const NONE: readonly VersionDifference[] = [];

/** Compares kernels with clusters, and keeps what of it matters until it is dismissed. */
export class VersionHints implements IVersionHints {
  constructor(
    private readonly _api: Pick<IComputeApi, 'versions'>,
    private readonly _state: ClusterState
  ) {
    _state.clustersChanged.connect(this._onClustersChanged, this);
  }

  get changed(): ISignal<this, string> {
    return this._changed;
  }

  of(cluster: string): readonly VersionDifference[] {
    const found = this._found.get(cluster) ?? NONE;
    return this._dismissed.get(cluster) === asKey(found) ? NONE : found;
  }

  async compare(cluster: string, kernel: string): Promise<void> {
    // Of several for one cluster, the last one counts, whichever is answered last.
    const serial = ++this._serial;
    this._asked.set(cluster, serial);
    if (!(await this._running(cluster))) {
      return;
    }
    try {
      const { differences } = await this._api.versions(cluster, kernel);
      if (this._asked.get(cluster) === serial) {
        const matter = differences.filter(({ matters }) => matters);
        this._found.set(cluster, matter);
        this._changed.emit(cluster);
      }
    } catch {
      // The kernel is busy, or of another language; or the cluster can't be asked. There is nothing to do about that here.
    }
  }

  dismiss(cluster: string): void {
    this._dismissed.set(cluster, asKey(this._found.get(cluster) ?? NONE));
    this._changed.emit(cluster);
  }

  dispose(): void {
    this._waiting.forEach(({ settle }) => settle(false));
    this._waiting.length = 0;
    Signal.clearData(this);
  }

  /** Whether a cluster runs, once that can be said: one that is starting is waited for. */
  private _running(cluster: string): boolean | Promise<boolean> {
    return (
      this._runs(cluster) ??
      new Promise(settle => this._waiting.push({ cluster, settle }))
    );
  }

  private _runs(id: string): boolean | null {
    const state = this._state.cluster(id)?.state;
    return state === 'pending' ? null : state === 'running';
  }

  private _onClustersChanged(): void {
    for (const { cluster, settle } of this._waiting.splice(0)) {
      const runs = this._runs(cluster);
      if (runs === null) {
        this._waiting.push({ cluster, settle });
      } else {
        settle(runs);
      }
    }
    for (const cluster of [...this._asked.keys()]) {
      if (!this._state.cluster(cluster)) {
        this._asked.delete(cluster);
        this._found.delete(cluster);
        this._dismissed.delete(cluster);
      }
    }
  }

  private _serial = 0;
  private readonly _asked = new Map<string, number>();
  private readonly _found = new Map<string, readonly VersionDifference[]>();
  private readonly _dismissed = new Map<string, string>();
  private readonly _waiting: {
    cluster: string;
    settle: (runs: boolean) => void;
  }[] = [];
  private readonly _changed = new Signal<this, string>(this);
}

/** The same for the same differences. */
function asKey(differences: readonly VersionDifference[]): string {
  return JSON.stringify(differences);
}
