// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Cluster } from '../../_schema';
import type { SharedCell } from '../../origin';
import { readOrigin } from '../../origin';
import { notebooksOf } from '../../widgets/clients';
import { nameOf } from '../../widgets/clustername';
import { connectKernel } from './connecting';
import type { IKernelContext } from './context';
import { recreate } from './recreating';
import type { IKernelSettings } from './settings';

/** Offer to connect the kernel of a notebook to the cluster that it used, which still runs. */
export function offerReconnect(
  context: IKernelContext,
  settings: IKernelSettings,
  panel: NotebookPanel,
  cluster: Cluster
): void {
  const { connections, manager, trans } = context;
  const withdraw = offer(
    context,
    settings,
    panel,
    trans.__(
      '%1 used the cluster %2, which is running.',
      panel.title.label,
      nameOf(cluster, trans)
    ),
    {
      label: trans.__('Connect Kernel'),
      callback: () => {
        void connectKernel(context, cluster, { kind: 'notebook', panel });
      }
    }
  );
  const check = () => {
    const now = manager.cluster(cluster.id);
    const connected =
      now &&
      (connections.of(now.id)?.state === 'connected' ||
        notebooksOf(now).some(({ path }) => path === panel.context.localPath));
    if (!now || connected) {
      // Who runs the cell needs no offer any more.
      manager.clustersChanged.disconnect(check);
      withdraw();
    }
  };
  manager.clustersChanged.connect(check);
  panel.disposed.connect(() => manager.clustersChanged.disconnect(check));
}

/** Offer to make a cluster like the one that a notebook used, which is gone. */
export function offerRecreate(
  context: IKernelContext,
  settings: IKernelSettings,
  panel: NotebookPanel,
  cell: SharedCell
): void {
  const { trans } = context;
  const label = readOrigin(cell)?.label;
  const words = label
    ? trans.__('The cluster %1 that %2 used is gone.', label, panel.title.label)
    : trans.__('The cluster that %1 used is gone.', panel.title.label);
  offer(context, settings, panel, words, {
    label: trans.__('Create the Same Again…'),
    callback: () => {
      recreate(context, panel, cell).catch((reason: unknown) => {
        console.warn('The cluster was not created again:', reason);
      });
    }
  });
}

/** Show an offer until somebody takes it, dismisses it or closes the notebook; gives back what withdraws it. */
function offer(
  { trans }: IKernelContext,
  settings: IKernelSettings,
  panel: NotebookPanel,
  words: string,
  action: Notification.IAction
): () => void {
  const id = Notification.info(words, {
    autoClose: false,
    actions: [
      action,
      {
        label: trans.__('Don’t Offer Again'),
        caption: trans.__(
          'The settings of Compute switch it on again: “Offer to reconnect”'
        ),
        callback: () => settings.stopOffering()
      }
    ]
  });
  const withdraw = () => {
    Notification.dismiss(id);
  };
  panel.disposed.connect(withdraw);
  return withdraw;
}
