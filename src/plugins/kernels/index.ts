// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IConsoleTracker } from '@jupyterlab/console';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IClusterManager } from '../../tokens';
import { TRANSLATION_DOMAIN } from '../../widgets/context';
import { contextMenuOf } from '../commands/context';
import { IKernelConnections } from '../connections';
import { IRecent } from '../recent';
import { addConnectCommand } from './command';
import type { IKernelContext } from './context';
import { onOpened } from './opened';
import { loadSettings } from './settings';

/** Connects kernels to clusters without a cell. */
export const kernelsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:kernels',
  description:
    'Connects kernels to clusters: by command, and as the settings say when a notebook opens.',
  autoStart: true,
  requires: [IClusterManager, IKernelConnections, IRecent],
  optional: [INotebookTracker, IConsoleTracker, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    connections: IKernelConnections,
    recent: IRecent,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ) => {
    const context: IKernelContext = {
      app,
      manager,
      connections,
      recent,
      notebooks,
      consoles,
      trans: (translator ?? nullTranslator).load(TRANSLATION_DOMAIN),
      clusterOfContextMenu: contextMenuOf(app)
    };
    addConnectCommand(context);
    const settings = loadSettings(registry);
    notebooks?.widgetAdded.connect((_, panel) => {
      settings
        .then(known => onOpened(context, known, panel))
        .catch((reason: unknown) => {
          console.warn('Nothing was offered for a notebook:', reason);
        });
    });
  }
};
