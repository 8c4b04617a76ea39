// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { ComputeApi } from '../api';
import { ClusterManager } from '../manager';
import { IClusterManager } from '../tokens';

/** Provides the clusters to everything else. */
export const managerPlugin: JupyterFrontEndPlugin<IClusterManager> = {
  id: 'pccompute-ext:manager',
  description: 'Provides the Dask clusters of all backends.',
  autoStart: true,
  provides: IClusterManager,
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null
  ): IClusterManager => {
    const { serviceManager } = app;
    const manager = new ClusterManager({
      api: new ComputeApi(serviceManager.serverSettings),
      events: serviceManager.events.stream,
      translator: translator ?? undefined
    });
    // Both say that events may have been missed, which the stream itself does not tell.
    const recheck = () => manager.recheck();
    window.addEventListener('online', recheck);
    serviceManager.connectionFailure.connect(recheck);
    return manager;
  }
};
