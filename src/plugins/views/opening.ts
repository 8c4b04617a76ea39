// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { textEditorIcon, listIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';
import type { Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { computeIcon } from '../../widgets/icons';
import type { IChoiceContext } from '../commands/context';
import { type IClusterCommand, onCluster } from '../commands/onecluster';
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

  const showWorkers = view(context, {
    label: trans.__('Show Workers of Cluster'),
    caption: trans.__('List the workers of a cluster'),
    icon: listIcon,
    fit: isRunning,
    question: trans.__('Show the workers of which cluster?'),
    show: id => views.workers.show({ id })
  });
  commands.addCommand(CommandIDs.showWorkers, showWorkers);

  const showLogs = view(context, {
    label: trans.__('Show Logs of Cluster'),
    caption: trans.__('Show the logs of a cluster’s scheduler and workers'),
    icon: textEditorIcon,
    fit: hasLogs,
    question: trans.__('Show the logs of which cluster?'),
    show: id => views.logs.show({ id })
  });
  commands.addCommand(CommandIDs.showLogs, showLogs);

  const openDashboard = view(context, {
    label: trans.__('Open Dashboard of Cluster'),
    caption: trans.__('Open the Dask dashboard of a cluster in a tab'),
    icon: computeIcon,
    parameters: {
      plot: {
        type: 'string',
        pattern: PLOT_PATTERN,
        description: trans.__(
          'The path of a single plot below the dashboard’s root; without it, the whole dashboard.'
        )
      }
    },
    fit: hasDashboard,
    question: trans.__('Open the dashboard of which cluster?'),
    show: (id, { plot }) =>
      views.dashboards.show(
        typeof plot === 'string' && new RegExp(PLOT_PATTERN).test(plot)
          ? { id, plot }
          : { id }
      )
  });
  commands.addCommand(CommandIDs.openDashboard, openDashboard);
}

/** Whether a cluster's dashboard can be seen from here. */
export function hasDashboard(cluster: Cluster): boolean {
  return cluster.dashboard !== null;
}

type Show = (
  id: string,
  args: ReadonlyPartialJSONObject
) => Promise<Widget | null>;

/**
 * Declare a command that shows a view of one cluster.
 *
 * A view whose cluster is not known says so itself: after a reload of the page, views are back before the list of clusters is. So an id in the
 * arguments is taken as it is.
 */
function view(
  context: IChoiceContext,
  command: Omit<IClusterCommand<Widget | null>, 'run' | 'otherwise'> & {
    show: Show;
  }
): CommandRegistry.ICommandOptions {
  const { show } = command;
  const chosen = onCluster<Widget | null>(context, {
    ...command,
    run: ({ id }, args) => show(id, args),
    otherwise: null
  });
  return {
    ...chosen,
    execute: args => {
      const { id } = args;
      return typeof id === 'string' ? show(id, args) : chosen.execute(args);
    }
  };
}

function hasLogs(cluster: Cluster): boolean {
  return cluster.state === 'running' || cluster.state === 'failed';
}
