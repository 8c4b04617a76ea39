// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import { linkIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../../tokens';
import { args as argumentsOf, clusterArguments } from '../commands/arguments';
import { chooseCluster, hasCluster } from '../commands/choosing';
import { isRunning } from '../commands/states';
import { currentTarget } from '../snippets/target';
import { connectKernel, hindrance } from './connecting';
import type { IKernelContext } from './context';

/** The command that connects the kernel in front. It resolves to whether that is connected now. */
export function addConnectCommand(context: IKernelContext): void {
  const { app, notebooks, consoles, trans } = context;

  app.commands.addCommand(CommandIDs.connectKernel, {
    label: trans.__('Connect Kernel to Cluster'),
    caption: trans.__(
      'Connect the kernel of the notebook or console in front to a cluster, without a cell'
    ),
    icon: linkIcon,
    describedBy: argumentsOf(clusterArguments(trans)),
    isEnabled: args => hasCluster(context, args, isRunning),
    execute: async args => {
      const title = trans.__('Connect the kernel to which cluster?');
      const cluster = await chooseCluster(context, args, title, isRunning);
      if (!cluster) {
        return false;
      }
      const target = currentTarget(app.shell, notebooks, consoles);
      await target?.panel.sessionContext.ready;
      const reason = hindrance(target, trans);
      if (!target || reason !== null) {
        Notification.info(reason ?? '');
        return false;
      }
      return connectKernel(context, cluster, target);
    }
  });
}
