// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Kernel } from '@jupyterlab/services';
import type { Cluster, SnippetNames } from '../../_schema';
import { languageOf, markedCells } from '../../insertion';
import { evaluate } from '../../kernel';
import { readOrigin } from '../../origin';
import type { Target } from './target';

/** The names that snippets make, unless they are taken. */
const BASES = ['cluster', 'client'];

/** The packages whose objects may be a connection to a cluster; no attribute of anything else is looked at. */
const PACKAGES = [
  'distributed',
  'dask_gateway',
  'dask_cloudprovider',
  'pccompute_ext'
];

/** What the names in a kernel that snippets could make stand for. */
export interface INamesInUse {
  /** Names of something else than a connection to the cluster in question. */
  readonly taken: readonly string[];
  /** The name of a client that is connected to it. */
  readonly client: string | null;
}

const NOTHING: INamesInUse = { taken: [], client: null };

/**
 * Look up in a Python kernel which of the names that snippets make are in use.
 *
 * Nothing is in use where the kernel stays busy or does not answer: then the
 * code makes its usual names.
 *
 * @param cluster What connections to it don't count as something else; null for a cluster that is yet to be made.
 * @param patience Milliseconds that the kernel has to become idle and answer.
 */
export async function namesInUse(
  kernel: Kernel.IKernelConnection | null | undefined,
  cluster: Cluster | null,
  patience?: number
): Promise<INamesInUse> {
  const answer =
    kernel && (await evaluate(kernel, question(cluster), patience));
  if (!answer) {
    return NOTHING;
  }
  try {
    // It is a Python string; JSON of identifiers and fixed words has nothing in it that Python would escape.
    const found = JSON.parse(answer.slice(1, -1)) as { [name: string]: string };
    const names = Object.keys(found);
    return {
      taken: names.filter(name => found[name] === 'other'),
      client: names.find(name => found[name] === 'client') ?? null
    };
  } catch {
    return NOTHING;
  }
}

/**
 * The names that code at a place had better not make: those of something else
 * in its kernel, and those of the code for other clusters in the notebook.
 */
export async function takenAt(
  target: Target,
  cluster: Cluster | null
): Promise<string[]> {
  const { sessionContext } = target.panel;
  const inUse =
    languageOf(sessionContext) === 'python'
      ? await namesInUse(sessionContext.session?.kernel, cluster)
      : NOTHING;
  return takenGiven(inUse, target, cluster);
}

/** Like `takenAt`, where the kernel was asked already. */
export function takenGiven(
  { taken }: INamesInUse,
  target: Target,
  cluster: Cluster | null
): string[] {
  const noted =
    target.kind === 'notebook' ? markedCells(target.panel).map(readOrigin) : [];
  const others = noted
    .filter(origin => cluster === null || origin?.cluster !== cluster.id)
    .flatMap(origin => namesOf(origin?.names));
  return [...new Set([...taken, ...others])];
}

/**
 * The names to call taken so that a snippet makes the same names again: all
 * those before them, for names are numbered in order.
 */
export function takenBefore(names: SnippetNames | null): string[] {
  return namesOf(names).flatMap(name => {
    const [, base, number] = /^(.+)_(\d+)$/.exec(name) ?? [];
    return base === undefined
      ? []
      : Array.from({ length: Number(number) - 1 }, (_, before) =>
          before === 0 ? base : `${base}_${before + 1}`
        );
  });
}

function namesOf(names: SnippetNames | null | undefined): string[] {
  return names
    ? [names.cluster, names.client].filter(name => name !== null)
    : [];
}

/**
 * A Python expression: by name, what the names are that snippets could make.
 *
 * `client` is a connected client of the cluster, `own` any other object of it,
 * `other` all else. A cluster is known by the end of its name, which is all
 * that is public of it; a client without a cluster has that in its id.
 */
function question(cluster: Cluster | null): string {
  const isOurs = cluster
    ? `(str(getattr(getattr(v, "cluster", None) or v, "name", "")).endswith(${JSON.stringify(cluster.name)}) or ` +
      `str(getattr(v, "id", "")).startswith(${JSON.stringify(`Client-${cluster.name}-`)}))`
    : 'False';
  const packages = `(${PACKAGES.map(name => JSON.stringify(name)).join(', ')})`;
  const kind = [
    '"other"',
    `if type(v).__module__.split(".")[0] not in ${packages} or not ${isOurs}`,
    'else "client" if hasattr(v, "submit") and getattr(v, "status", None) == "running"',
    'else "own"'
  ].join(' ');
  const names = `__import__("re").compile(${JSON.stringify(`(${BASES.join('|')})(_[0-9]+)?`)})`;
  return (
    '__import__("json").dumps((lambda names, kind: ' +
    '{n: kind(v) for n, v in list(globals().items()) if names.fullmatch(n)})' +
    `(${names}, lambda v: ${kind}))`
  );
}
