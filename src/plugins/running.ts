// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import type { IRunningSessions } from '@jupyterlab/running';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { Cluster } from '../_schema';
import { CommandIDs, IClusterManager } from '../tokens';
import { nameOf } from '../widgets/clustername';
import { TRANSLATION_DOMAIN } from '../widgets/context';
import { computeIcon } from '../widgets/icons';
import { isAlive } from './commands/states';

/** Lists the clusters beside kernels and terminals, among what runs and can be shut down. */
export const runningPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:running',
  description: 'Lists the clusters among the running sessions.',
  autoStart: true,
  requires: [IClusterManager],
  optional: [IRunningSessionManagers, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    managers: IRunningSessionManagers | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    managers?.add(runningClusters(manager, app.commands, trans));
  }
};

/** The clusters as the panel of running sessions takes them. */
export function runningClusters(
  manager: IClusterManager,
  commands: CommandRegistry,
  trans: TranslationBundle
): IRunningSessions.IManager {
  const alive = () => manager.clusters.filter(isAlive);
  const run = (command: string, args: { [key: string]: string | boolean }) => {
    // The command itself says what went wrong.
    commands.execute(command, args).catch(() => undefined);
  };
  const item = (cluster: Cluster): IRunningSessions.IRunningItem => {
    const { id, state, backend } = cluster;
    const where = manager.backend(backend)?.label ?? backend;
    return {
      icon: () => computeIcon,
      label: () => nameOf(cluster, trans),
      labelTitle: () => trans.__('Dask cluster on %1', where),
      detail: () => (state === 'pending' ? trans.__('starting') : where),
      open: () => run(CommandIDs.openPanel, { id }),
      shutdown: () => run(CommandIDs.shutdownCluster, { id })
    };
  };
  return {
    name: trans.__('Dask Clusters'),
    running: () => alive().map(item),
    runningChanged: manager.clustersChanged,
    refreshRunning: () => {
      // The panel says what is wrong with the connection.
      manager.refresh().catch(() => undefined);
    },
    shutdownLabel: trans.__('Shut Down Cluster'),
    shutdownAllLabel: trans.__('Shut Down All'),
    shutdownAllConfirmationText: trans.__(
      'Shut down all Dask clusters of all backends? Their workers stop, and clients that are connected lose their results.'
    ),
    shutdownAll: () => {
      // Running sessions asked for a confirmation already.
      new Set(alive().map(cluster => cluster.backend)).forEach(backend =>
        run(CommandIDs.shutdownAll, { backend, confirmed: true })
      );
    }
  };
}
