// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import {
  closeIcon,
  codeIcon,
  copyIcon,
  editIcon,
  textEditorIcon,
  linkIcon,
  listIcon,
  redoIcon,
  stopIcon
} from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { computeIcon } from './icons';
import { isIdle, zeroSize } from './idle';
import type { IMenuItem } from './menu';

/** What a person can do with a cluster in its state. */
export function clusterMenu(
  cluster: Cluster,
  startRenaming: () => void,
  execute: (command: string, args: ReadonlyPartialJSONObject) => void,
  trans: TranslationBundle
): IMenuItem[] {
  const run = (command: string) => () => execute(command, { id: cluster.id });
  const items: IMenuItem[] = [
    { label: trans.__('Rename'), icon: editIcon, run: startRenaming }
  ];
  const logs: IMenuItem = {
    label: trans.__('Logs'),
    icon: textEditorIcon,
    run: run(CommandIDs.showLogs)
  };
  switch (cluster.state) {
    case 'pending':
      items.push({
        label: trans.__('Cancel'),
        icon: closeIcon,
        begins: true,
        run: run(CommandIDs.cancelCluster)
      });
      break;
    case 'running':
      items.push(
        {
          label: trans.__('Insert code'),
          icon: codeIcon,
          begins: true,
          run: run(CommandIDs.insertSnippet)
        },
        {
          label: trans.__('Copy code'),
          icon: copyIcon,
          run: run(CommandIDs.copySnippet)
        },
        {
          label: trans.__('Connect kernel'),
          icon: linkIcon,
          run: run(CommandIDs.connectKernel)
        },
        {
          label: trans.__('Ways to connect…'),
          icon: listIcon,
          run: run(CommandIDs.showWays)
        },
        {
          label: trans.__('Dashboard'),
          icon: computeIcon,
          begins: true,
          enabled: cluster.dashboard !== null,
          run: run(CommandIDs.openDashboard)
        },
        {
          label: trans.__('Workers'),
          icon: listIcon,
          run: run(CommandIDs.showWorkers)
        },
        logs,
        {
          label: trans.__('Scale to zero'),
          begins: true,
          enabled: isIdle(cluster) && zeroSize(cluster) !== null,
          run: run(CommandIDs.scaleToZero)
        },
        {
          label: trans.__('Shut down…'),
          icon: stopIcon,
          run: run(CommandIDs.shutdownCluster)
        }
      );
      break;
    case 'failed':
      items.push({
        label: trans.__('Edit and retry…'),
        icon: redoIcon,
        begins: true,
        run: run(CommandIDs.retryCluster)
      });
      items.push(logs);
      break;
    case 'stopping':
    case 'stopped':
      break;
  }
  if (cluster.state === 'failed' || cluster.state === 'stopped') {
    items.push({
      label:
        cluster.remains.length === 0
          ? trans.__('Dismiss')
          : trans.__('Delete what is left'),
      icon: closeIcon,
      begins: cluster.state === 'stopped',
      run: run(CommandIDs.dismissCluster)
    });
  }
  return items;
}
