// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Cluster, CreateCluster } from '../_schema';
import { asked } from './scalings';

/** A request that carries the id which the new cluster will have. */
export type NamedRequest = CreateCluster & { id: string };

interface ICreation {
  readonly cluster: Cluster;
  readonly answer: Promise<Cluster>;
  /** The id of a cluster that has failed, whose place the new one takes. */
  readonly replaced: string | null;
  cancelled: boolean;
}

/** The clusters that the server was asked to create and has not answered for. */
export class Creations {
  /** The promise of the answer for `id`, where one is awaited. */
  awaited(id: string): Promise<Cluster> | undefined {
    return this._creations.get(id)?.answer;
  }

  /** List a cluster until `answer` settles. */
  begin(
    request: NamedRequest,
    answer: Promise<Cluster>,
    replaced: string | null = null
  ): void {
    const { id } = request;
    this._creations.set(id, {
      cluster: pending(request),
      answer,
      replaced,
      cancelled: false
    });
  }

  /** End a creation; tells whether it was cancelled meanwhile. */
  settle(id: string): boolean {
    const cancelled = this._creations.get(id)?.cancelled ?? false;
    this._creations.delete(id);
    return cancelled;
  }

  /** Note that the answer is no longer wanted. */
  cancel(id: string): void {
    const creation = this._creations.get(id);
    if (creation) {
      creation.cancelled = true;
    }
  }

  ids(): ReadonlySet<string> {
    return new Set(this._creations.keys());
  }

  /** Whether a new cluster is to take the place of this one. */
  replaces(id: string): boolean {
    return [...this._creations.values()].some(
      ({ replaced }) => replaced === id
    );
  }

  clusters(): Cluster[] {
    return [...this._creations.values()].map(creation => creation.cluster);
  }

  private readonly _creations = new Map<string, ICreation>();
}

/** The cluster as the server will tell of it, as far as it is known before. */
function pending(request: NamedRequest): Cluster {
  return {
    id: request.id,
    backend: request.backend,
    // As the server names what its backend has not named yet.
    name: request.id.slice(-8),
    label: request.label ?? null,
    state: 'pending',
    reason: null,
    created: new Date().toISOString(),
    starting: null,
    progress: [],
    remains: [],
    options: request.options ?? {},
    workers: { ready: null, arriving: null, requested: null, reason: null },
    cores: null,
    memory: { limit: null, used: null },
    tasks: null,
    scaling: request.scaling ? asked(request.scaling, null) : null,
    idle: null,
    cost: null,
    clients: null,
    used_by: [],
    dashboard: null,
    live: { kind: 'none', reason: null, connectable: null },
    stale: false
  };
}
