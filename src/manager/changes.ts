// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { Cluster, CreateCluster } from '../_schema';
import type { IComputeApi } from '../api';
import { ApiError } from '../api';
import { newId } from '../newid';
import type { ScalingRequest } from '../tokens';
import type { NamedRequest } from './creations';
import { merged } from './scalings';
import { sendScaling, sendStop } from './sending';
import type { ClusterState } from './state';

/** Asks the server to change clusters: what is asked for shows at once, and what the server says takes its place. */
export class Changes {
  constructor(
    private readonly _api: IComputeApi,
    private readonly _state: ClusterState,
    private readonly _trans: TranslationBundle
  ) {}

  create(request: CreateCluster, replaced?: string): Promise<Cluster> {
    const { creations } = this._state;
    const named = { ...request, id: request.id ?? newId() };
    const awaited = creations.awaited(named.id);
    if (awaited) {
      return awaited;
    }
    const answer = this._create(named, replaced);
    creations.begin(named, answer, replaced);
    this._state.publish();
    return answer;
  }

  async rename(id: string, label: string | null): Promise<Cluster> {
    const { creations, known } = this._state;
    await creations.awaited(id);
    const asked = known.moment;
    const answer = await this._api.update(id, { label });
    known.answer(answer, asked);
    this._state.publish();
    return this._state.cluster(id) ?? answer;
  }

  async scale(id: string, scaling: ScalingRequest): Promise<Cluster> {
    const { creations, known, scalings } = this._state;
    const cluster = known.get(id) ?? this._state.cluster(id);
    if (!cluster) {
      throw new ApiError(
        this._trans.__('There is no such cluster any more.'),
        'not-found',
        404
      );
    }
    const serial = scalings.begin(cluster, scaling);
    this._state.publish();
    try {
      await creations.awaited(id);
      const asked = known.moment;
      const answer = await sendScaling(this._api, id, scaling);
      const before = scalings.before(id);
      if (scalings.settle(id, serial) && !known.answer(answer, asked)) {
        known.amend(id, told => merged(told, answer, before));
      }
    } catch (error) {
      // Of a request that a later one has replaced, not even the failure counts.
      if (scalings.settle(id, serial)) {
        throw error;
      }
    } finally {
      this._state.publish();
    }
    return this._state.cluster(id) ?? cluster;
  }

  async stop(id: string): Promise<void> {
    const { creations, known, stopping } = this._state;
    // One that is replaced is known, but not listed.
    const { state, remains = [] } =
      known.get(id) ?? this._state.cluster(id) ?? {};
    // What is left of one has to be deleted first.
    const over =
      (state === 'failed' && remains.length === 0) || state === 'stopped';
    const awaited = creations.awaited(id);
    creations.cancel(id);
    stopping.add(id);
    this._state.publish();
    const asked = known.moment;
    try {
      let found = await sendStop(this._api, id);
      if (!found && awaited) {
        // The request to create it may have been overtaken.
        await awaited.catch(() => undefined);
        found = await sendStop(this._api, id);
      }
      if (over || !found) {
        known.forget(id);
      } else {
        known.amend(id, told => ({ ...told, state: 'stopping' }), asked);
      }
    } finally {
      stopping.delete(id);
      this._state.publish();
    }
  }

  async deleteLeftover(backend: string, leftover: string): Promise<Cluster> {
    const { known } = this._state;
    const asked = known.moment;
    const answer = await this._api.deleteLeftover(backend, leftover);
    known.answer(answer, asked);
    this._state.publish();
    return this._state.cluster(answer.id) ?? answer;
  }

  private async _create(
    request: NamedRequest,
    replaced?: string
  ): Promise<Cluster> {
    const { creations, known } = this._state;
    const asked = known.moment;
    let answer: Cluster;
    try {
      answer = await this._api.create(request);
    } catch (error) {
      const cancelled = creations.settle(request.id);
      this._state.publish();
      throw cancelled
        ? new ApiError(this._trans.__('Cancelled.'), 'cancelled', 0)
        : error;
    }
    if (replaced !== undefined) {
      // Before the creation is settled, so that it is not listed in between.
      this.stop(replaced).catch(() => undefined);
    }
    creations.settle(request.id);
    known.answer(answer, asked);
    this._state.publish();
    return this._state.cluster(request.id) ?? answer;
  }
}
