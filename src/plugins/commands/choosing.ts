// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Backend, Cluster } from '../../_schema';
import { localLast } from '../../widgets/backendorder';
import { nameOf } from '../../widgets/clustername';
import type { IChoiceContext } from './context';

/** The id that the arguments of a command name, directly or by the context menu. */
function namedId(
  context: IChoiceContext,
  args: ReadonlyPartialJSONObject
): string | undefined {
  if (typeof args['id'] === 'string') {
    return args['id'];
  }
  return args['contextMenu'] === true
    ? context.clusterOfContextMenu()
    : undefined;
}

/**
 * Whether there is a cluster for a command: the one that its arguments name if
 * it is `fit`, or else any that is.
 */
export function hasCluster(
  context: IChoiceContext,
  args: ReadonlyPartialJSONObject,
  fit: (cluster: Cluster) => boolean
): boolean {
  const id = namedId(context, args);
  return context.manager.clusters.some(
    cluster => (id === undefined || cluster.id === id) && fit(cluster)
  );
}

/**
 * The cluster that a command is about: the one that its arguments name, else
 * the only one that is `fit`, else the one that the user picks of those.
 *
 * @returns null where there is none, which is then said, or where the user cancelled.
 */
export async function chooseCluster(
  context: IChoiceContext,
  args: ReadonlyPartialJSONObject,
  title: string,
  fit: (cluster: Cluster) => boolean
): Promise<Cluster | null> {
  const { manager, trans } = context;
  await manager.ready;
  const id = namedId(context, args);
  if (id !== undefined) {
    const cluster = manager.cluster(id);
    if (!cluster) {
      Notification.warning(trans.__('There is no such cluster any more.'));
      return null;
    }
    return cluster;
  }
  const clusters = manager.clusters.filter(fit);
  if (clusters.length === 0) {
    Notification.info(trans.__('There is no cluster for that.'));
    return null;
  }
  const items = distinct(
    clusters.map(cluster => {
      const backend = manager.backend(cluster.backend)?.label;
      return trans.__(
        '%1 on %2',
        nameOf(cluster, trans),
        backend ?? cluster.backend
      );
    })
  );
  return pick(context, title, items, clusters);
}

/** Like `chooseCluster`, for one of the backends that are `fit`. */
export async function chooseBackend(
  context: IChoiceContext,
  args: ReadonlyPartialJSONObject,
  title: string,
  fit: (backend: Backend) => boolean
): Promise<Backend | null> {
  const { manager, trans } = context;
  await manager.ready;
  const id = args['backend'];
  const backends = localLast(manager.backends).filter(backend =>
    typeof id === 'string' ? backend.id === id : fit(backend)
  );
  if (backends.length === 0) {
    Notification.info(trans.__('There is no backend for that.'));
    return null;
  }
  const items = distinct(backends.map(backend => backend.label));
  return pick(context, title, items, backends);
}

async function pick<T>(
  { trans }: IChoiceContext,
  title: string,
  items: string[],
  values: readonly T[]
): Promise<T | null> {
  if (values.length === 1) {
    return values[0];
  }
  const { button, value } = await InputDialog.getItem({
    title,
    items,
    okLabel: trans.__('Choose'),
    cancelLabel: trans.__('Cancel')
  });
  return button.accept && value !== null
    ? (values[items.indexOf(value)] ?? null)
    : null;
}

/** The texts, numbered where they would be the same: the dialog gives back nothing but the text. */
function distinct(texts: string[]): string[] {
  return texts.map((text, index) => {
    const before = texts.slice(0, index).filter(other => other === text).length;
    return before > 0 ? `${text} (${before + 1})` : text;
  });
}
