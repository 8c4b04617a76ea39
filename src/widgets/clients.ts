// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { PathExt } from '@jupyterlab/coreutils';
import type { Cluster } from '../_schema';

/** A notebook or console of this server that is connected to a cluster. */
export interface INotebookClient {
  name: string;
  path: string;
}

/** The notebooks that use a cluster, as far as they are known, each once. */
export function notebooksOf(cluster: Cluster): INotebookClient[] {
  const paths = cluster.used_by.flatMap(({ notebook }) => notebook ?? []);
  return [...new Set(paths)].map(path => ({
    name: PathExt.basename(path),
    path
  }));
}

/** How many clients a cluster has; null where that is not known. */
export function countClients(cluster: Cluster): number | null {
  const known = cluster.used_by.length;
  return cluster.clients === null && known === 0
    ? null
    : Math.max(known, cluster.clients ?? 0);
}
