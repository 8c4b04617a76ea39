// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILabShell, ILayoutRestorer } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs, IClusterManager } from '../../tokens';
import { TRANSLATION_DOMAIN } from '../../widgets/context';
import { DashboardView } from '../../widgets/dashboardview';
import { LogsView } from '../../widgets/logsview';
import { WorkersView } from '../../widgets/workersview';
import { contextMenuOf } from '../commands/context';
import { addDaskPanesCommand } from './daskpanes';
import { addViewCommands } from './opening';
import { Views } from './viewing';

/** What can be looked at of one cluster: its workers, its logs, its dashboard. */
export const viewsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:views',
  description: 'Shows the workers, logs and dashboard of a cluster in tabs.',
  autoStart: true,
  requires: [IClusterManager],
  optional: [ILabShell, ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ) => {
    const words = translator ?? nullTranslator;
    const shared = { app, labShell, restorer };
    const context = {
      commands: app.commands,
      manager,
      trans: words.load(TRANSLATION_DOMAIN),
      clusterOfContextMenu: contextMenuOf(app)
    };
    addDaskPanesCommand(context);
    addViewCommands(context, {
      workers: new Views<WorkersView>({
        ...shared,
        namespace: 'pccompute-workers',
        command: CommandIDs.showWorkers,
        make: ({ id }) =>
          new WorkersView({ manager, cluster: id, translator: words }),
        argumentsOf: view => ({ id: view.cluster })
      }),
      logs: new Views<LogsView>({
        ...shared,
        namespace: 'pccompute-logs',
        command: CommandIDs.showLogs,
        make: ({ id }) =>
          new LogsView({ manager, cluster: id, translator: words }),
        argumentsOf: view => ({ id: view.cluster })
      }),
      dashboards: new Views<DashboardView>({
        ...shared,
        namespace: 'pccompute-dashboard',
        command: CommandIDs.openDashboard,
        make: ({ id, plot }) =>
          new DashboardView({
            manager,
            cluster: id,
            plot: plot ?? null,
            translator: words
          }),
        argumentsOf: ({ cluster, plot }) =>
          plot === null ? { id: cluster } : { id: cluster, plot }
      })
    });
  }
};
