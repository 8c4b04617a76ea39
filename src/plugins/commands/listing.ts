// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { InputDialog } from '@jupyterlab/apputils';
import { editIcon, refreshIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../../tokens';
import { nameOf } from '../../widgets/clustername';
import {
  args as argumentsOf,
  clusterArguments,
  labelArgument
} from './arguments';
import { chooseCluster, hasCluster } from './choosing';
import type { ICommandContext } from './context';
import { telling } from './failures';

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

  commands.addCommand(CommandIDs.renameCluster, {
    label: trans.__('Rename Cluster…'),
    caption: trans.__('Give a cluster a name'),
    icon: editIcon,
    describedBy: argumentsOf({
      ...clusterArguments(trans),
      label: labelArgument(trans)
    }),
    isEnabled: args => hasCluster(context, args, () => true),
    execute: async args => {
      const title = trans.__('Rename which cluster?');
      const cluster = await chooseCluster(context, args, title, () => true);
      if (!cluster) {
        return null;
      }
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
}
