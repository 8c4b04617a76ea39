// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { CommandIDs } from '../../tokens';
import { args as argumentsOf, clusterArguments } from '../commands/arguments';
import { chooseCluster, hasCluster } from '../commands/choosing';
import { telling } from '../commands/failures';
import { hasDashboard, type IViewContext } from './opening';

/** Commands of dask-labextension, which both take the `url` of a dashboard; the first one also opens its default panes. */
const LAUNCH_LAYOUT = 'dask:populate-and-launch-layout';
const POPULATE = 'dask:populate-dashboard-url';

/** The command that gives a cluster's dashboard to dask-labextension, for who is used to its panes. */
export function addDaskPanesCommand(context: IViewContext): void {
  const { commands, manager, trans } = context;
  const available = () =>
    [LAUNCH_LAYOUT, POPULATE].find(command => commands.hasCommand(command));

  commands.addCommand(CommandIDs.openDaskPanes, {
    label: trans.__('Open Cluster in Dask Panes'),
    caption: trans.__(
      'Show the plots of a cluster in the panes of dask-labextension'
    ),
    describedBy: argumentsOf(clusterArguments(trans)),
    isVisible: () => available() !== undefined,
    isEnabled: args =>
      available() !== undefined && hasCluster(context, args, hasDashboard),
    execute: async args => {
      const cluster = await chooseCluster(
        context,
        args,
        trans.__('Show which cluster in the Dask panes?'),
        hasDashboard
      );
      const command = available();
      if (!cluster || !command) {
        return false;
      }
      const url = manager.dashboardUrl(cluster.id);
      await telling(commands.execute(command, { url }));
      return true;
    }
  });
}
