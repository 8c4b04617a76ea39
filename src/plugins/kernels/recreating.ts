// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { JSONObject } from '@lumino/coreutils';
import type { Cluster } from '../../_schema';
import { isReadOnly, updateInNotebook } from '../../insertion';
import { isEdited, readOrigin, type SharedCell } from '../../origin';
import { CommandIDs, type IClusterManager } from '../../tokens';
import { nameOf } from '../../widgets/clustername';
import { takenBefore } from '../snippets/names';
import { noteOf, ofCluster, snippetOf } from '../snippets/source';
import { isRunning } from '../commands/states';
import { connectKernel } from './connecting';
import type { IKernelContext } from './context';

/**
 * Ask for a cluster like the one that a cell connects to. Once it runs, that
 * cell is brought up to date, unless its code was changed.
 */
export async function recreate(
  context: IKernelContext,
  panel: NotebookPanel,
  cell: SharedCell
): Promise<void> {
  const { app, manager } = context;
  const origin = readOrigin(cell);
  if (!origin) {
    return;
  }
  const { backend, options, scaling, label } = origin;
  const created = (await app.commands.execute(CommandIDs.createCluster, {
    ask: true,
    backend,
    options,
    label,
    ...(scaling ? { scaling: scaling as unknown as JSONObject } : {})
  })) as Cluster | null;
  const cluster = created && (await whenRunning(manager, created.id));
  if (cluster && !panel.isDisposed) {
    await bringUpToDate(context, panel, cell, cluster);
  }
}

/** A cluster once it runs; null where it ends before that. */
function whenRunning(
  manager: IClusterManager,
  id: string
): Promise<Cluster | null> {
  return new Promise(resolve => {
    const check = () => {
      const cluster = manager.cluster(id);
      if (cluster?.state !== 'pending') {
        manager.clustersChanged.disconnect(check);
        resolve(cluster && isRunning(cluster) ? cluster : null);
      }
    };
    manager.clustersChanged.connect(check);
    check();
  });
}

async function bringUpToDate(
  context: IKernelContext,
  panel: NotebookPanel,
  cell: SharedCell,
  cluster: Cluster
): Promise<void> {
  const { trans } = context;
  const { title } = panel;
  const name = nameOf(cluster, trans);
  let words = trans.__(
    '%1 is running. The code in %2 was changed, so it is left as it is: insert the code of the new cluster.',
    name,
    title.label
  );
  const origin = readOrigin(cell);
  if (origin && !isEdited(cell) && !isReadOnly(panel)) {
    const source = ofCluster(cluster);
    const taken = takenBefore(origin.names);
    const snippet = await snippetOf(context, source, origin.way, taken);
    const note = noteOf(snippet, source);
    if (updateInNotebook(panel, cell, snippet.code, note)) {
      words = trans.__(
        '%1 is running, and its code is in %2.',
        name,
        title.label
      );
    }
  }
  const id = Notification.success(words, {
    autoClose: false,
    actions: [
      {
        label: trans.__('Connect Kernel'),
        callback: () => {
          void connectKernel(context, cluster, { kind: 'notebook', panel });
        }
      }
    ]
  });
  panel.disposed.connect(() => {
    Notification.dismiss(id);
  });
}
