// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { textEditorIcon, listIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';
import type { Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { computeIcon } from '../../widgets/icons';
import { args as argumentsOf, clusterArguments } from '../commands/arguments';
import { chooseCluster, hasCluster } from '../commands/choosing';
import type { IChoiceContext } from '../commands/context';
import { isRunning } from '../commands/states';
import type { IViewArguments } from './viewing';

/** Opens views of one kind. */
export interface IViews {
  show(args: IViewArguments): Promise<Widget>;
}

/** What the commands of this plugin work with. */
export interface IViewContext extends IChoiceContext {
  readonly commands: CommandRegistry;
}

/** A path below a dashboard's root: words with slashes between them, which lead nowhere else. */
export const PLOT_PATTERN = '^[A-Za-z0-9][\\w-]*(/[A-Za-z0-9][\\w-]*)*$';

/** Commands that show what goes on in a cluster. They resolve to the view, or null where the user cancelled. */
export function addViewCommands(
  context: IViewContext,
  views: { workers: IViews; logs: IViews; dashboards: IViews }
): void {
  const { commands, trans } = context;

  commands.addCommand(CommandIDs.showWorkers, {
    label: trans.__('Show Workers of Cluster'),
    caption: trans.__('List the workers of a cluster'),
    icon: listIcon,
    describedBy: argumentsOf(clusterArguments(trans)),
    isEnabled: args => hasCluster(context, args, isRunning),
    execute: async args => {
      const title = trans.__('Show the workers of which cluster?');
      const id = await idOf(context, args, title, isRunning);
      return id === null ? null : views.workers.show({ id });
    }
  });

  commands.addCommand(CommandIDs.showLogs, {
    label: trans.__('Show Logs of Cluster'),
    caption: trans.__('Show the logs of a cluster’s scheduler and workers'),
    icon: textEditorIcon,
    describedBy: argumentsOf(clusterArguments(trans)),
    isEnabled: args => hasCluster(context, args, hasLogs),
    execute: async args => {
      const title = trans.__('Show the logs of which cluster?');
      const id = await idOf(context, args, title, hasLogs);
      return id === null ? null : views.logs.show({ id });
    }
  });

  commands.addCommand(CommandIDs.openDashboard, {
    label: trans.__('Open Dashboard of Cluster'),
    caption: trans.__('Open the Dask dashboard of a cluster in a tab'),
    icon: computeIcon,
    describedBy: argumentsOf({
      ...clusterArguments(trans),
      plot: {
        type: 'string',
        pattern: PLOT_PATTERN,
        description: trans.__(
          'The path of a single plot below the dashboard’s root; without it, the whole dashboard.'
        )
      }
    }),
    isEnabled: args => hasCluster(context, args, hasDashboard),
    execute: async args => {
      const title = trans.__('Open the dashboard of which cluster?');
      const id = await idOf(context, args, title, hasDashboard);
      if (id === null) {
        return null;
      }
      const { plot } = args;
      return views.dashboards.show(
        typeof plot === 'string' && new RegExp(PLOT_PATTERN).test(plot)
          ? { id, plot }
          : { id }
      );
    }
  });
}

/** Whether a cluster's dashboard can be seen from here. */
export function hasDashboard(cluster: Cluster): boolean {
  return cluster.dashboard !== null;
}

/**
 * The id in the arguments as it is, else that of the cluster which the user means.
 *
 * A view whose cluster is not known says so itself: after a reload of the page, views are back before the list of clusters is.
 */
async function idOf(
  context: IChoiceContext,
  args: ReadonlyPartialJSONObject,
  title: string,
  fit: (cluster: Cluster) => boolean
): Promise<string | null> {
  if (typeof args['id'] === 'string') {
    return args['id'];
  }
  return (await chooseCluster(context, args, title, fit))?.id ?? null;
}

function hasLogs(cluster: Cluster): boolean {
  return cluster.state === 'running' || cluster.state === 'failed';
}
