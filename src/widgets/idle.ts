// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Cluster } from '../_schema';
import type { ScalingRequest } from '../tokens';

/** Whether a cluster has had nothing to do for a while, as its scheduler sees it. */
export function isIdle(cluster: Cluster): boolean {
  return cluster.state === 'running' && !!cluster.idle?.since;
}

/**
 * The size that gives a cluster's workers back, now or once they have nothing to do.
 *
 * An adaptive cluster stays adaptive: with no minimum it goes to none by itself, and comes back with work.
 *
 * @returns null where it has that size already.
 */
export function zeroSize(cluster: Cluster): ScalingRequest | null {
  const { scaling, workers } = cluster;
  if (scaling?.mode === 'adaptive') {
    return scaling.minimum && scaling.maximum
      ? { mode: 'adaptive', minimum: 0, maximum: scaling.maximum }
      : null;
  }
  const count = scaling?.count ?? workers.requested ?? workers.ready;
  return count === 0 ? null : { mode: 'manual', count: 0 };
}
