// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { Backend, BackendProblem, Cluster } from '../_schema';
import { Creations } from './creations';
import { KnownClusters } from './known';
import { inOrder, reuse } from './listing';
import { ScalingIntents } from './scalings';

/**
 * What is shown: the clusters that the server told of, under what was asked of
 * it and is not answered yet (creations, changes of size, stops).
 *
 * Who changes a part calls `publish`, which puts the list together anew and
 * emits a signal if it differs from the one before.
 */
export class ClusterState {
  readonly known = new KnownClusters();
  readonly creations = new Creations();
  readonly scalings = new ScalingIntents();
  /** Ids of the clusters whose stop is not answered yet. */
  readonly stopping = new Set<string>();

  get clusters(): readonly Cluster[] {
    return this._clusters;
  }

  get backends(): readonly Backend[] {
    return this._backends;
  }

  get problems(): readonly BackendProblem[] {
    return this._problems;
  }

  /** Emitted after `clusters` or `problems` changed. */
  get clustersChanged(): ISignal<this, void> {
    return this._clustersChanged;
  }

  get backendsChanged(): ISignal<this, void> {
    return this._backendsChanged;
  }

  cluster(id: string): Cluster | undefined {
    return this._clusters.find(cluster => cluster.id === id);
  }

  backend(id: string): Backend | undefined {
    return this._backends.find(backend => backend.id === id);
  }

  setBackends(backends: readonly Backend[]): void {
    const next = reuse(this._backends, backends, backend => backend.id);
    if (next !== this._backends) {
      this._backends = next;
      this._backendsChanged.emit();
      this.publish();
    }
  }

  /** Take a backend that is new or has changed. */
  putBackend(backend: Backend): void {
    this.setBackends(
      this.backend(backend.id)
        ? this._backends.map(each => (each.id === backend.id ? backend : each))
        : [...this._backends, backend]
    );
  }

  removeBackend(id: string): void {
    this.setBackends(this._backends.filter(each => each.id !== id));
  }

  publish(problems: readonly BackendProblem[] = this._problems): void {
    const creating = this.creations
      .clusters()
      .filter(cluster => !this.known.get(cluster.id));
    const shown = [...this.known.values(), ...creating]
      .filter(cluster => !this._isLeaving(cluster))
      .map(cluster => this._show(cluster));
    const nextClusters = reuse(
      this._clusters,
      inOrder(shown, this._backends),
      cluster => cluster.id
    );
    const nextProblems = reuse(
      this._problems,
      problems,
      problem => `${problem.backend} ${problem.code}`
    );
    if (nextClusters !== this._clusters || nextProblems !== this._problems) {
      this._clusters = nextClusters;
      this._problems = nextProblems;
      this._clustersChanged.emit();
    }
  }

  dispose(): void {
    Signal.clearData(this);
  }

  /** Whether a cluster has ended, and is being dismissed or replaced. */
  private _isLeaving({ id, state }: Cluster): boolean {
    const ended = state === 'failed' || state === 'stopped';
    return ended && (this.stopping.has(id) || this.creations.replaces(id));
  }

  private _show(cluster: Cluster): Cluster {
    const scaled = this.scalings.show(cluster);
    const alive = cluster.state === 'running' || cluster.state === 'pending';
    return alive && this.stopping.has(cluster.id)
      ? { ...scaled, state: 'stopping' }
      : scaled;
  }

  private _clusters: readonly Cluster[] = [];
  private _backends: readonly Backend[] = [];
  private _problems: readonly BackendProblem[] = [];
  private readonly _clustersChanged = new Signal<this, void>(this);
  private readonly _backendsChanged = new Signal<this, void>(this);
}
