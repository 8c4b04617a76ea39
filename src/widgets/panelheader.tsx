// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import {
  addIcon,
  ellipsesIcon,
  refreshIcon,
  stopIcon
} from '@jupyterlab/ui-components';
import React from 'react';
import { CommandIDs, type IClusterManager } from '../tokens';
import { Button, IconButton, MenuButton } from './buttons';
import { useExecute, usePanel } from './context';
import type { IMenuItem } from './menu';

/** The title of the panel, and what concerns all of it. */
export function PanelHeader(props: { manager: IClusterManager }): JSX.Element {
  const { manager } = props;
  const { trans } = usePanel();
  const execute = useExecute();

  const items = (): IMenuItem[] => [
    {
      label: trans.__('New cluster…'),
      icon: addIcon,
      run: () => execute(CommandIDs.createCluster)
    },
    {
      label: trans.__('Connect to a gateway…'),
      run: () => execute(CommandIDs.connectGateway)
    },
    {
      label: trans.__('Refresh'),
      icon: refreshIcon,
      run: () => execute(CommandIDs.refresh)
    },
    ...manager.backends.map((backend, index) => ({
      label: trans.__('Shut down all on %1…', backend.label),
      icon: stopIcon,
      begins: index === 0,
      enabled: manager.clusters.some(
        cluster =>
          cluster.backend === backend.id &&
          (cluster.state === 'running' || cluster.state === 'pending')
      ),
      run: () => execute(CommandIDs.shutdownAll, { backend: backend.id })
    }))
  ];

  return (
    <div className="jp-PccomputePanel-header">
      <h1 className="jp-PccomputePanel-heading">{trans.__('Compute')}</h1>
      <Button look="primary" onClick={() => execute(CommandIDs.createCluster)}>
        <addIcon.react tag="span" elementPosition="center" />
        {trans.__('New cluster')}
      </Button>
      <IconButton
        icon={refreshIcon}
        label={trans.__('Refresh')}
        onClick={() => execute(CommandIDs.refresh)}
      />
      <MenuButton
        icon={ellipsesIcon}
        label={trans.__('More actions')}
        items={items}
      />
    </div>
  );
}
