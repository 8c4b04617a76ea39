// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { JSONExt } from '@lumino/coreutils';
import type { PartialJSONValue } from '@lumino/coreutils';
import type { Backend, Cluster } from '../_schema';

/**
 * `next`, with each item that says the same as before being the very object of
 * before; `previous` itself where nothing differs. Who renders can then compare
 * by identity, and no signal is sent for no change.
 */
export function reuse<T extends object>(
  previous: readonly T[],
  next: readonly T[],
  key: (item: T) => string
): readonly T[] {
  const before = new Map(previous.map(item => [key(item), item]));
  const items = next.map(item => {
    const same = before.get(key(item));
    return same && equal(same, item) ? same : item;
  });
  const unchanged =
    items.length === previous.length &&
    items.every((item, index) => item === previous[index]);
  return unchanged ? previous : items;
}

/** Whether two wire models agree in every field. */
export function equal(first: object | null, second: object | null): boolean {
  return JSONExt.deepEqual(
    first as PartialJSONValue,
    second as PartialJSONValue
  );
}

/** The clusters in the order of their backends, the newest first within one; of unknown age last. */
export function inOrder(
  clusters: readonly Cluster[],
  backends: readonly Backend[]
): Cluster[] {
  const rank = new Map(backends.map((backend, index) => [backend.id, index]));
  return clusters
    .map(cluster => ({
      cluster,
      place: rank.get(cluster.backend) ?? rank.size,
      born: cluster.created === null ? -Infinity : Date.parse(cluster.created)
    }))
    .sort((a, b) => {
      if (a.place !== b.place) {
        return a.place - b.place;
      }
      if (a.born !== b.born) {
        return a.born < b.born ? 1 : -1;
      }
      return a.cluster.id < b.cluster.id ? -1 : 1;
    })
    .map(({ cluster }) => cluster);
}
