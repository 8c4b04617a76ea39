// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IDisposable } from '@lumino/disposable';
import type { Cluster } from '../_schema';
import type { IClusterManager } from '../tokens';

/** How far back the history goes, in milliseconds. */
export const HISTORY_SPAN = 5 * 60_000;

/** As many changes of one cluster are kept; of more, the oldest are forgotten. */
const MOST_SAMPLES = 300;

/** A moment at which the number of ready workers changed. */
export interface IWorkersSample {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** null from here on it is not known: nobody looked, or the backend did not answer. */
  readonly ready: number | null;
}

/**
 * How many workers of each cluster were ready in the last minutes.
 *
 * It only remembers what the manager told while somebody looked, so it costs no request.
 */
export class WorkersHistory implements IDisposable {
  constructor(private readonly _manager: IClusterManager) {
    _manager.clustersChanged.connect(this._record, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._manager.clustersChanged.disconnect(this._record, this);
    this._samples.clear();
  }

  /** Say whether somebody looks: while nobody does, the manager is told of no change. */
  look(looking: boolean): void {
    this._looking = looking;
    this._record();
  }

  /** The changes of a cluster, the oldest first; the first may lie before the span, and says how the span begins. */
  samples(id: string): readonly IWorkersSample[] {
    return this._samples.get(id) ?? [];
  }

  private _record(): void {
    const time = Date.now();
    const { clusters } = this._manager;
    const listed = new Set(clusters.map(cluster => cluster.id));
    for (const id of this._samples.keys()) {
      if (!listed.has(id)) {
        this._samples.delete(id);
      }
    }
    for (const cluster of clusters) {
      const samples = this._samples.get(cluster.id) ?? [];
      const ready = this._looking ? readyOf(cluster) : null;
      if (ready !== (samples.at(-1)?.ready ?? null)) {
        const kept = recent(samples, time).slice(1 - MOST_SAMPLES);
        this._samples.set(cluster.id, [...kept, { time, ready }]);
      }
    }
  }

  private readonly _samples = new Map<string, readonly IWorkersSample[]>();
  private _looking = false;
  private _isDisposed = false;
}

function readyOf(cluster: Cluster): number | null {
  return cluster.state === 'running' && !cluster.stale
    ? cluster.workers.ready
    : null;
}

/** The samples within the span, and the one before them. */
function recent(
  samples: readonly IWorkersSample[],
  now: number
): readonly IWorkersSample[] {
  const first = samples.findIndex(({ time }) => time >= now - HISTORY_SPAN);
  return first < 0 ? samples.slice(-1) : samples.slice(Math.max(0, first - 1));
}
