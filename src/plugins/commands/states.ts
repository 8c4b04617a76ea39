// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Cluster } from '../../_schema';

export function isRunning(cluster: Cluster): boolean {
  return cluster.state === 'running';
}

/** Whether a cluster runs or is about to. */
export function isAlive(cluster: Cluster): boolean {
  return cluster.state === 'running' || cluster.state === 'pending';
}
