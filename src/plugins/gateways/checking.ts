// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { infoIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../../tokens';
import { openCheckDialog } from '../../widgets/connect/checkdialog';
import { args as argumentsOf, backendArgument } from '../commands/arguments';
import { chooseBackend } from '../commands/choosing';
import type { IGatewayContext } from './context';

/** The command that finds out why a connection does not work. */
export function addCheckingCommand(context: IGatewayContext): void {
  const { commands, manager, trans } = context;

  commands.addCommand(CommandIDs.checkBackend, {
    label: trans.__('Check Connection…'),
    caption: trans.__('Check the connection to a backend step by step'),
    icon: infoIcon,
    describedBy: argumentsOf({
      backend: backendArgument(trans),
      kernel: {
        type: 'string',
        description: trans.__(
          'The id of a kernel whose versions to compare; by default that of the current notebook.'
        )
      }
    }),
    isEnabled: () => manager.backends.length > 0,
    execute: async args => {
      const title = trans.__('Check the connection to which backend?');
      const backend = await chooseBackend(context, args, title, () => true);
      if (!backend) {
        return;
      }
      const given = args['kernel'];
      const edit = await openCheckDialog({
        gateways: manager.gateways,
        backend,
        kernel: typeof given === 'string' ? given : context.currentKernel(),
        trans
      });
      if (edit) {
        await commands.execute(CommandIDs.editGateway, {
          backend: backend.id
        });
      }
    }
  });
}
