// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ServiceManager } from '@jupyterlab/services';
import { notebookIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../../tokens';
import { notebooksOf } from '../../widgets/clients';
import { args as argumentsOf, clusterArguments } from './arguments';
import { chooseCluster, hasCluster } from './choosing';
import type { ICommandContext } from './context';
import { telling } from './failures';

/** The command that goes to who uses a cluster. */
export function addClientCommands(
  context: ICommandContext,
  sessions: ServiceManager.IManager['sessions']
): void {
  const { commands, trans } = context;

  commands.addCommand(CommandIDs.showClient, {
    label: trans.__('Show Notebook of Cluster'),
    caption: trans.__(
      'Go to a notebook or console that is connected to a cluster'
    ),
    icon: notebookIcon,
    describedBy: argumentsOf({
      ...clusterArguments(trans),
      path: {
        type: 'string',
        description: trans.__(
          'The path of the notebook or console; without it, the first one that is known.'
        )
      }
    }),
    isEnabled: args =>
      hasCluster(context, args, cluster => notebooksOf(cluster).length > 0),
    execute: async args => {
      const cluster = await chooseCluster(
        context,
        args,
        trans.__('Show the notebook of which cluster?'),
        each => notebooksOf(each).length > 0
      );
      const notebooks = cluster ? notebooksOf(cluster) : [];
      const path = args['path'] ?? notebooks[0]?.path;
      if (typeof path !== 'string') {
        return null;
      }
      const isConsole = [...sessions.running()].some(
        session => session.path === path && session.type === 'console'
      );
      const command = isConsole ? 'console:open' : 'docmanager:open';
      return telling(
        commands.execute(command, { path, activate: true }) as Promise<unknown>
      );
    }
  });
}
