// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { caretDownIcon } from '@jupyterlab/ui-components';
import React from 'react';
import { CommandIDs } from '../tokens';
import { Button, MenuButton } from './buttons';
import { useExecute, usePanel } from './context';
import { dashboardMenu } from './dashboardmenu';

/** Open a cluster's dashboard; beside it a menu of its single plots. */
export function DashboardButton(props: {
  cluster: string;
  name: string;
}): JSX.Element {
  const { manager, commands, trans } = usePanel();
  const execute = useExecute();
  const { cluster, name } = props;
  return (
    <div className="jp-PccomputePanel-split">
      <Button
        label={trans.__('Open the dashboard of %1', name)}
        onClick={() => execute(CommandIDs.openDashboard, { id: cluster })}
      >
        {trans.__('Dashboard')}
      </Button>
      <MenuButton
        className="jp-mod-caret"
        icon={caretDownIcon}
        label={trans.__('Plots of %1', name)}
        items={() => dashboardMenu(manager, commands, cluster, execute, trans)}
      />
    </div>
  );
}
