// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ICodeCell } from '@jupyterlab/nbformat';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { JSONObject, PartialJSONObject } from '@lumino/coreutils';
import type { CreateCluster, Snippet, SnippetNames } from './_schema';
import type { ScalingRequest } from './tokens';
import { publicOptions } from './widgets/publicoptions';
import { readScaling } from './widgets/scaling';

/** A cell of a notebook, as everybody who edits it shares it. */
export type SharedCell = INotebookModel['sharedModel']['cells'][number];

/** The key of a cell's metadata under which it is noted where its code comes from. */
const METADATA = 'pccompute';

/**
 * Where the code of a cell comes from: enough to bring it up to date, and to
 * ask for the same cluster again. It travels with the notebook, so it holds
 * nothing that may be secret.
 */
export interface ISnippetOrigin {
  /** The cluster's public id; null for code that makes a new one. */
  readonly cluster: string | null;
  /** The id of the way to connect. */
  readonly way: string;
  readonly backend: string;
  readonly label: string | null;
  readonly options: JSONObject;
  readonly scaling: ScalingRequest | null;
  /** The names that the code makes; null where it makes none. */
  readonly names: SnippetNames | null;
}

/** Where a snippet comes from: of a cluster, or of a request for a new one where `cluster` is null. */
export function originOf(
  snippet: Snippet,
  cluster: string | null,
  request: CreateCluster
): ISnippetOrigin {
  return {
    cluster,
    way: snippet.id,
    backend: request.backend,
    label: request.label ?? null,
    options: publicOptions(request.options),
    scaling: request.scaling ?? null,
    names: snippet.names
  };
}

/** What is noted in a cell; null in one that no snippet was put into. Notebooks come from anywhere: nothing is taken for granted. */
export function readOrigin(cell: SharedCell): ISnippetOrigin | null {
  const noted = cell.getMetadata(METADATA) as PartialJSONObject | undefined;
  if (typeof noted !== 'object' || noted === null) {
    return null;
  }
  const { cluster, way, backend, label, options, scaling, names } = noted;
  if (typeof way !== 'string') {
    return null;
  }
  return {
    cluster: textOr(cluster, null),
    way,
    backend: textOr(backend, ''),
    label: textOr(label, null),
    options: isObject(options) ? publicOptions(options) : {},
    scaling: readScaling(scaling),
    names: readNames(names)
  };
}

/** Whether a cell holds the same way to the same cluster; of code for new clusters, to the same backend. */
export function isSameOrigin(
  one: ISnippetOrigin,
  other: Pick<ISnippetOrigin, 'cluster' | 'way' | 'backend'>
): boolean {
  return (
    one.way === other.way &&
    one.cluster === other.cluster &&
    (one.cluster !== null || one.backend === other.backend)
  );
}

/** The metadata of a cell with this code from there. */
export function originMetadata(
  source: string,
  origin: ISnippetOrigin
): ICodeCell['metadata'] {
  return { [METADATA]: noteOf(source, origin) };
}

/** Note in a cell where its code, which is `source` now, comes from. */
export function writeOrigin(
  cell: SharedCell,
  source: string,
  origin: ISnippetOrigin
): void {
  cell.setMetadata(METADATA, noteOf(source, origin));
}

/** Whether somebody has changed the code of a cell since it was put there, or nobody can tell. */
export function isEdited(cell: SharedCell): boolean {
  const noted = cell.getMetadata(METADATA) as PartialJSONObject | undefined;
  return noted?.['digest'] !== digestOf(cell.getSource());
}

function noteOf(source: string, origin: ISnippetOrigin): JSONObject {
  return { ...origin, digest: digestOf(source) } as unknown as JSONObject;
}

/**
 * A short fingerprint of a cell's code (FNV-1a over UTF-16, with its length),
 * to tell whether it was changed. The code itself is not kept: who clears a
 * cell takes the name of the cluster out of the notebook.
 */
function digestOf(source: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < source.length; index++) {
    hash = Math.imul(hash ^ source.charCodeAt(index), 0x01000193) >>> 0;
  }
  return `${source.length}-${hash.toString(16)}`;
}

function readNames(names: unknown): SnippetNames | null {
  const { cluster, client } = Object(names) as Partial<SnippetNames>;
  return (typeof cluster === 'string' || cluster === null) &&
    typeof client === 'string'
    ? { cluster, client }
    : null;
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
