// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IConsoleTracker } from '@jupyterlab/console';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IClusterManager } from '../../tokens';
import { TRANSLATION_DOMAIN } from '../../widgets/context';
import { contextMenuOf } from '../commands/context';
import { currentTarget } from '../snippets/target';
import { addVersionCommands } from './comparing';

/** Compares the packages of a kernel that is about to use a cluster with the cluster's. */
export const versionsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:versions',
  description:
    'Shows where the packages of a kernel differ from those of the cluster that it uses.',
  autoStart: true,
  requires: [IClusterManager],
  optional: [INotebookTracker, IConsoleTracker, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const context = {
      commands,
      manager,
      trans: (translator ?? nullTranslator).load(TRANSLATION_DOMAIN),
      clusterOfContextMenu: contextMenuOf(app),
      currentKernel: async () => {
        const target = currentTarget(app.shell, notebooks, consoles);
        // Of one that was opened just now, the kernel is still starting.
        await target?.panel.sessionContext.ready;
        return target?.panel.sessionContext.session?.kernel?.id ?? null;
      }
    };
    addVersionCommands(context);
  }
};
