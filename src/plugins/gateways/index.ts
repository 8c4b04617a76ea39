// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs, IClusterManager } from '../../tokens';
import { TRANSLATION_DOMAIN } from '../../widgets/context';
import { contextMenuOf } from '../commands/context';
import { addCheckingCommand } from './checking';
import { addConnectingCommands } from './connecting';
import type { IGatewayContext } from './context';
import { addCredentialCommands } from './signingin';

const COMMANDS = [
  CommandIDs.connectGateway,
  CommandIDs.editGateway,
  CommandIDs.forgetGateway,
  CommandIDs.signIn,
  CommandIDs.deleteCredential,
  CommandIDs.checkBackend
];

/** The ways to the backends: gateways of the user's own, credentials, and the check of a connection. */
export const gatewaysPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:gateways',
  description:
    'Commands that connect gateways, sign in to them and check the connection.',
  autoStart: true,
  requires: [IClusterManager],
  optional: [INotebookTracker, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    notebooks: INotebookTracker | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const context: IGatewayContext = {
      commands,
      manager,
      trans: (translator ?? nullTranslator).load(TRANSLATION_DOMAIN),
      clusterOfContextMenu: contextMenuOf(app),
      currentKernel: () =>
        notebooks?.currentWidget?.sessionContext.session?.kernel?.id ?? null
    };
    addConnectingCommands(context);
    addCredentialCommands(context);
    addCheckingCommand(context);

    const update = () =>
      COMMANDS.forEach(id => commands.notifyCommandChanged(id));
    manager.backendsChanged.connect(update);
    manager.connectionChanged.connect(update);
  }
};
