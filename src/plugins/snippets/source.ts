// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Cluster, CreateCluster, Snippet } from '../../_schema';
import { type ISnippetOrigin, originOf } from '../../origin';
import { nameOf } from '../../widgets/clustername';
import type { IChoiceContext } from '../commands/context';
import { sameAgain } from '../commands/creating';

/** What code is about: a cluster that there is, or one that the code makes. */
export interface ISnippetSource {
  /** null where the code makes it. */
  readonly cluster: Cluster | null;
  /** What asks for that cluster, or for another one like it. */
  readonly request: CreateCluster;
}

/** The code of a cluster that there is. */
export function ofCluster(cluster: Cluster): ISnippetSource {
  return { cluster, request: sameAgain(cluster) };
}

/** The code of a cluster that is described in the arguments of a command; null where none is. */
export function ofRequest(
  args: ReadonlyPartialJSONObject
): ISnippetSource | null {
  const { backend, options, scaling } = args as Partial<CreateCluster>;
  return backend !== undefined && (options ?? scaling)
    ? { cluster: null, request: { backend, options, scaling } }
    : null;
}

/** Every way to get to what the code is about, avoiding the names that are `taken`. */
export function snippetsOf(
  { manager }: IChoiceContext,
  { cluster, request }: ISnippetSource,
  taken: readonly string[] = []
): Promise<Snippet[]> {
  return cluster
    ? manager.snippets(cluster.id, taken)
    : manager.newClusterSnippets(request, taken);
}

/** One of the ways; the first where `way` is undefined. */
export async function snippetOf(
  context: IChoiceContext,
  source: ISnippetSource,
  way: unknown,
  taken: readonly string[] = []
): Promise<Snippet> {
  const { trans } = context;
  const snippets = await snippetsOf(context, source, taken);
  const snippet =
    way === undefined ? snippets[0] : snippets.find(each => each.id === way);
  if (!snippet) {
    const { cluster } = source;
    throw new Error(
      trans.__(
        'There is no such way to connect to %1.',
        cluster ? nameOf(cluster, trans) : trans.__('a new cluster')
      )
    );
  }
  return snippet;
}

/** Where a snippet comes from, as it is noted in a cell. */
export function noteOf(
  snippet: Snippet,
  { cluster, request }: ISnippetSource
): ISnippetOrigin {
  return originOf(snippet, cluster?.id ?? null, request);
}
