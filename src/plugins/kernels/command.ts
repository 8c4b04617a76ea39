// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import { linkIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../../tokens';
import { onCluster } from '../commands/onecluster';
import { isRunning } from '../commands/states';
import { currentTarget } from '../snippets/target';
import { connectKernel, hindrance } from './connecting';
import type { IKernelContext } from './context';

/** The command that connects the kernel in front. It resolves to whether that is connected now. */
export function addConnectCommand(context: IKernelContext): void {
  const { app, notebooks, consoles, trans } = context;

  const command = onCluster<boolean>(context, {
    label: trans.__('Connect Kernel to Cluster'),
    caption: trans.__(
      'Connect the kernel of the notebook or console in front to a cluster, without a cell'
    ),
    icon: linkIcon,
    fit: isRunning,
    question: trans.__('Connect the kernel to which cluster?'),
    otherwise: false,
    run: async cluster => {
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
  app.commands.addCommand(CommandIDs.connectKernel, command);
}
