// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Adaptive, Cluster, Manual, Scaling } from '../_schema';
import { equal } from './listing';

/** A change of a cluster's size that the server has not answered yet. */
interface IIntent {
  readonly serial: number;
  /** What is shown until the answer. */
  readonly asked: Scaling;
  /** What the server said last before the request. */
  readonly before: Scaling | null;
}

/** The scaling that `request` asks for, not confirmed by anybody. */
export function asked(
  request: Adaptive | Manual,
  limit: number | null
): Scaling {
  const adaptive = request.mode === 'adaptive';
  return {
    mode: request.mode,
    minimum: adaptive ? (request.minimum ?? 0) : null,
    maximum: adaptive ? request.maximum : null,
    count: adaptive ? null : request.count,
    limit,
    source: 'set-here',
    confirmed: false,
    warning: null
  };
}

/**
 * The changes of size that are on their way, by cluster. Of several requests
 * for one cluster the last one counts: what is heard of the earlier ones,
 * success or failure, is of no interest any more.
 */
export class ScalingIntents {
  /** Note a request; the number is its name in `settle`. */
  begin(cluster: Cluster, request: Adaptive | Manual): number {
    const before = this._intents.has(cluster.id)
      ? this._intents.get(cluster.id)!.before
      : cluster.scaling;
    const serial = ++this._serial;
    this._intents.set(cluster.id, {
      serial,
      asked: asked(request, cluster.scaling?.limit ?? null),
      before
    });
    return serial;
  }

  /** End a request. False where a later one has taken its place. */
  settle(id: string, serial: number): boolean {
    if (this._intents.get(id)?.serial !== serial) {
      return false;
    }
    this._intents.delete(id);
    return true;
  }

  /** What the server said of the size before the requests on their way. */
  before(id: string): Scaling | null {
    return this._intents.get(id)?.before ?? null;
  }

  /** The cluster as it is shown: with what was asked for in place of what it has. */
  show(cluster: Cluster): Cluster {
    const intent = this._intents.get(cluster.id);
    return intent ? { ...cluster, scaling: intent.asked } : cluster;
  }

  private readonly _intents = new Map<string, IIntent>();
  private _serial = 0;
}

/**
 * The cluster after the answer to a change of size that an event has overtaken.
 *
 * The event is the newer one in everything else. In the size it is so only if
 * it told of the change already, and else it left the server before it.
 */
export function merged(
  event: Cluster,
  answer: Cluster,
  before: Scaling | null
): Cluster {
  return equal(event.scaling, before)
    ? { ...event, scaling: answer.scaling }
    : event;
}
