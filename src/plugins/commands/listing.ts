// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { InputDialog } from '@jupyterlab/apputils';
import { editIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { nameOf } from '../../widgets/clustername';
import { args as argumentsOf, labelArgument } from './arguments';
import type { ICommandContext } from './context';
import { telling } from './failures';
import { onCluster } from './onecluster';

/** Commands that change what is shown, not what runs. */
export function addListingCommands(context: ICommandContext): void {
  const { commands, manager, trans } = context;

  commands.addCommand(CommandIDs.refresh, {
    label: trans.__('Refresh Clusters'),
    caption: trans.__('Ask every backend for its clusters'),
    icon: refreshIcon,
    describedBy: argumentsOf({}),
    execute: () => telling(manager.refresh())
  });

  const rename = onCluster<Cluster | null>(context, {
    label: trans.__('Rename Cluster…'),
    caption: trans.__('Give a cluster a name'),
    icon: editIcon,
    parameters: { label: labelArgument(trans) },
    fit: () => true,
    question: trans.__('Rename which cluster?'),
    otherwise: null,
    run: async (cluster, args) => {
      if (typeof args['label'] === 'string' || args['label'] === null) {
        return telling(manager.rename(cluster.id, args['label']));
      }
      const { button, value } = await InputDialog.getText({
        title: trans.__('New name of %1', nameOf(cluster, trans)),
        label: trans.__('Leave it empty for the backend’s own name.'),
        text: nameOf(cluster, trans),
        okLabel: trans.__('Rename'),
        cancelLabel: trans.__('Cancel')
      });
      if (!button.accept || value === null) {
        return null;
      }
      return telling(manager.rename(cluster.id, value.trim() || null));
    }
  });
  commands.addCommand(CommandIDs.renameCluster, rename);
}
