// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { Cluster } from '../../_schema';
import { notebooksOf } from '../../widgets/clients';

/** What is lost with a cluster, in words. */
export function lossOf(cluster: Cluster, trans: TranslationBundle): string {
  return sentences([
    workersLost(cluster.workers.ready, trans),
    clientsLost(cluster.clients, trans),
    notebooksLost([cluster], trans)
  ]);
}

/** What is lost with several clusters, in words. */
export function lossOfAll(
  clusters: readonly Cluster[],
  trans: TranslationBundle
): string {
  const sum = (figures: (number | null)[]): number | null =>
    figures.some(figure => figure === null)
      ? null
      : figures.reduce<number>((total, figure) => total + (figure ?? 0), 0);
  return sentences([
    workersLost(sum(clusters.map(cluster => cluster.workers.ready)), trans),
    clientsLost(sum(clusters.map(cluster => cluster.clients)), trans),
    notebooksLost(clusters, trans)
  ]);
}

function workersLost(count: number | null, trans: TranslationBundle): string {
  if (count === null) {
    return trans.__('All workers stop.');
  }
  return count === 0
    ? trans.__('No worker is running.')
    : trans._n('%1 worker stops.', '%1 workers stop.', count);
}

function clientsLost(count: number | null, trans: TranslationBundle): string {
  if (count === null) {
    return trans.__('Clients that are connected lose their results.');
  }
  return count === 0
    ? trans.__('No client is connected.')
    : trans._n(
        '%1 connected client loses its results.',
        '%1 connected clients lose their results.',
        count
      );
}

/** Who of this server is connected: with these names, people know whether they mind. */
function notebooksLost(
  clusters: readonly Cluster[],
  trans: TranslationBundle
): string {
  const paths = clusters.flatMap(notebooksOf).map(({ path }) => path);
  const names = [...new Set(paths)].join(', ');
  return names && trans.__('In use by %1.', names);
}

function sentences(parts: string[]): string {
  return parts.filter(Boolean).join(' ');
}
