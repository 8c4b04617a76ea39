// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { Cluster } from '../../_schema';
import { languageOf, markedCells } from '../../insertion';
import { idle } from '../../kernel';
import { readOrigin, type SharedCell } from '../../origin';
import { isRunning } from '../commands/states';
import { namesInUse } from '../snippets/names';
import { connectKernel } from './connecting';
import type { IKernelContext } from './context';
import { offerReconnect, offerRecreate } from './offering';
import type { IKernelSettings } from './settings';

/**
 * Do what the settings want of a notebook that has just been opened: connect
 * its kernel, or offer to, once. Nothing happens where it is connected already.
 */
export async function onOpened(
  context: IKernelContext,
  settings: IKernelSettings,
  panel: NotebookPanel
): Promise<void> {
  await panel.context.ready;
  const cell = connectingCell(panel);
  const offers =
    cell !== null &&
    settings.offerReconnect &&
    !context.recent.notebooks.has(panel.context.path);
  if (!offers && !settings.autoConnect) {
    return;
  }
  await listed(context);
  const kernel = await idleKernel(panel);
  if (!kernel) {
    return;
  }
  const origin = cell && readOrigin(cell);
  const noted = context.manager.cluster(origin?.cluster ?? '');
  const cluster = settings.autoConnect ? choose(context, noted) : noted;
  if (cluster && (await namesInUse(kernel, cluster)).client !== null) {
    return;
  }
  if (cluster && isRunning(cluster) && settings.autoConnect) {
    await connectKernel(context, cluster, { kind: 'notebook', panel });
  } else if (offers && noted && isRunning(noted)) {
    offerReconnect(context, settings, panel, noted);
  } else if (offers && isGone(context, origin?.backend ?? '', noted)) {
    offerRecreate(context, settings, panel, cell);
  }
}

/** The last cell of a notebook that connects to a cluster by its name; null where there is none. */
function connectingCell(panel: NotebookPanel): SharedCell | null {
  const connecting = markedCells(panel).filter(
    cell => readOrigin(cell)?.cluster && readOrigin(cell)?.way === 'connect'
  );
  return connecting.at(-1) ?? null;
}

/** Wait until the list of clusters is that of now: nobody may have looked for long. */
async function listed({ manager }: IKernelContext): Promise<void> {
  await manager.ready;
  // Where it fails, the connection is not ready, and nothing is offered.
  await manager.refresh().catch(() => undefined);
}

/** The Python kernel of a notebook, once it has nothing to do; null where there is none, or it ends before that. */
async function idleKernel(
  panel: NotebookPanel
): Promise<Kernel.IKernelConnection | null> {
  const { sessionContext } = panel;
  await sessionContext.ready;
  const kernel = sessionContext.session?.kernel;
  if (panel.isDisposed || !kernel || languageOf(sessionContext) !== 'python') {
    return null;
  }
  await idle(kernel);
  return kernel.status === 'idle' && !kernel.isDisposed ? kernel : null;
}

/** The cluster for a kernel that nobody chose one for: that of the notebook, the one used last, or the only one. */
function choose(
  { manager, recent }: IKernelContext,
  noted: Cluster | undefined
): Cluster | undefined {
  const running = manager.clusters.filter(isRunning);
  return (
    running.find(({ id }) => id === noted?.id) ??
    running.find(({ id }) => id === recent.cluster) ??
    (running.length === 1 ? running[0] : undefined)
  );
}

/** Whether a cluster is known to be over, and another one could be made in its place. */
function isGone(
  { manager }: IKernelContext,
  backend: string,
  cluster: Cluster | undefined
): boolean {
  return (
    manager.connection === 'ready' &&
    manager.backend(backend)?.state === 'ready' &&
    !manager.problems.some(problem => problem.backend === backend) &&
    (!cluster || cluster.state === 'stopped' || cluster.state === 'failed')
  );
}
