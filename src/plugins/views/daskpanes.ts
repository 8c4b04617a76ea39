// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { CommandIDs } from '../../tokens';
import { telling } from '../commands/failures';
import { onCluster } from '../commands/onecluster';
import { hasDashboard, type IViewContext } from './opening';

/** The command of dask-labextension that takes the `url` of a dashboard. */
const POPULATE = 'dask:populate-dashboard-url';

/** Its command that opens its default panes, which is enabled once it has found that dashboard. */
const LAUNCH_LAYOUT = 'dask:launch-layout';

/** Milliseconds between two looks at whether it has, and as long as is waited for it. */
const INTERVAL = 200;
const PATIENCE = 15_000;

/** The command that gives a cluster's dashboard to dask-labextension, for who is used to its panes. */
export function addDaskPanesCommand(context: IViewContext): void {
  const { commands, manager, trans } = context;
  const available = () => commands.hasCommand(POPULATE);

  const open = onCluster<boolean>(context, {
    label: trans.__('Open Cluster in Dask Panes'),
    caption: trans.__(
      'Show the plots of a cluster in the panes of dask-labextension'
    ),
    fit: cluster => available() && hasDashboard(cluster),
    question: trans.__('Show which cluster in the Dask panes?'),
    otherwise: false,
    run: async cluster => {
      if (!available()) {
        return false;
      }
      await telling(openPanes(context, manager.dashboardUrl(cluster.id)));
      return true;
    }
  });
  commands.addCommand(CommandIDs.openDaskPanes, {
    ...open,
    isVisible: available
  });
}

/** Hand over a dashboard, and open the panes. The command that does both at once does not wait until it knows which plots there are. */
async function openPanes(context: IViewContext, url: string): Promise<void> {
  const { commands, trans } = context;
  await commands.execute(POPULATE, { url });
  for (let waited = 0; !commands.isEnabled(LAUNCH_LAYOUT); waited += INTERVAL) {
    if (waited >= PATIENCE) {
      throw new Error(
        trans.__(
          'dask-labextension has not found the dashboard of this cluster. Try again, or open the dashboard from the card of the cluster.'
        )
      );
    }
    await new Promise(resolve => window.setTimeout(resolve, INTERVAL));
  }
  await commands.execute(LAUNCH_LAYOUT);
}
