// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Cluster } from '../_schema';
import type { IComputeApi } from '../api';
import { ApiError } from '../api';
import type { ScalingRequest } from '../tokens';

/** Send a change of size, of whichever kind. */
export function sendScaling(
  api: IComputeApi,
  id: string,
  scaling: ScalingRequest
): Promise<Cluster> {
  if (scaling.mode === 'manual') {
    return api.scale(id, { count: scaling.count });
  }
  const { minimum, maximum } = scaling;
  return api.adapt(id, { minimum: minimum ?? 0, maximum });
}

/**
 * Stop a cluster.
 *
 * @returns whether the server knew it; one that is gone needs no stop.
 */
export async function sendStop(api: IComputeApi, id: string): Promise<boolean> {
  try {
    await api.stop(id);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not-found') {
      return false;
    }
    throw error;
  }
}
