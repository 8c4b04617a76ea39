// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Cluster } from '../_schema';
import { equal } from './listing';

/**
 * What the server has told about its clusters, by list, event and answer.
 *
 * These arrive on different ways and so in any order. An event is always newer
 * than an answer to a request that was sent before the event came: who sends a
 * request notes the `moment` and gives it back with the answer, and what an
 * event has touched since then is left as the event said.
 */
export class KnownClusters {
  /** The present moment: it moves on with every event. */
  get moment(): number {
    return this._moment;
  }

  get(id: string): Cluster | undefined {
    return this._clusters.get(id);
  }

  values(): Cluster[] {
    return [...this._clusters.values()];
  }

  /** Take a cluster from an event. */
  tell(cluster: Cluster): void {
    this._touched.set(cluster.id, ++this._moment);
    this._put(cluster);
  }

  /** Take it from an event, or from an answer that cannot be overtaken, that a cluster is no longer listed. */
  forget(id: string): void {
    this._touched.set(id, ++this._moment);
    this._clusters.delete(id);
  }

  /**
   * Take a cluster from the answer to a request that was sent at `asked`.
   *
   * @returns whether it was taken: false where an event has come since.
   */
  answer(cluster: Cluster, asked: number): boolean {
    if (this._touchedSince(cluster.id, asked)) {
      return false;
    }
    this._put(cluster);
    return true;
  }

  /** Change a known cluster, unless an event has come since `asked`, where that is given. */
  amend(
    id: string,
    change: (cluster: Cluster) => Cluster,
    asked: number = this._moment
  ): void {
    const cluster = this._clusters.get(id);
    if (cluster) {
      this.answer(change(cluster), asked);
    }
  }

  /** Take the whole list, asked for at `asked`; `keep` are ids that it need not hold yet. */
  list(
    clusters: readonly Cluster[],
    asked: number,
    keep: ReadonlySet<string>
  ): void {
    const listed = new Set(clusters.map(cluster => cluster.id));
    for (const id of this._clusters.keys()) {
      if (!listed.has(id) && !keep.has(id) && !this._touchedSince(id, asked)) {
        this._clusters.delete(id);
      }
    }
    for (const cluster of clusters) {
      this.answer(cluster, asked);
    }
  }

  /** Where nothing is new, the object stays the same: whoever compares long lists does so by identity. */
  private _put(cluster: Cluster): void {
    const before = this._clusters.get(cluster.id);
    if (!before || !equal(before, cluster)) {
      this._clusters.set(cluster.id, cluster);
    }
  }

  private _touchedSince(id: string, asked: number): boolean {
    return (this._touched.get(id) ?? 0) > asked;
  }

  private readonly _clusters = new Map<string, Cluster>();
  private readonly _touched = new Map<string, number>();
  private _moment = 0;
}
