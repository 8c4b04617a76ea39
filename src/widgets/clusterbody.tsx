// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { stopIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { Button } from './buttons';
import { ClusterScaling } from './clusterscaling';
import { ClusterClients } from './clusterclients';
import { useExecute, usePanel } from './context';
import { CostLine } from './costline';
import { DashboardButton } from './dashboardbutton';
import { Figures } from './figures';
import { IdleLine } from './idleline';
import { InsertButton } from './insertbutton';
import { KernelLine } from './kernelline';
import { LiveNote } from './livenote';
import { Note } from './note';
import { ProgressLines } from './progresslines';
import { RemainsList } from './remainslist';
import { formatScaling, scalingOf } from './scaling';
import { StartingBar } from './startingbar';
import { VersionHint } from './versionhint';
import { WaitingBar } from './waitingbar';
import { WorkersBar } from './workersbar';

/** Properties of what a card shows below its title. */
export interface IClusterBodyProps {
  cluster: Cluster;
  name: string;
  open: boolean;
}

/** What a card shows below its title, by the state of its cluster. */
export function ClusterBody(props: IClusterBodyProps): JSX.Element {
  switch (props.cluster.state) {
    case 'pending':
      return <PendingBody {...props} />;
    case 'running':
      return <RunningBody {...props} />;
    case 'stopping':
      return <StoppingBody {...props} />;
    case 'stopped':
    case 'failed':
      return <EndedBody {...props} />;
  }
}

function PendingBody({ cluster, name }: IClusterBodyProps): JSX.Element {
  const { trans } = usePanel();
  const execute = useExecute();
  const { scaling } = cluster;
  const size = scaling && formatScaling(scalingOf(cluster));
  const news = cluster.progress.at(-1) ?? cluster.reason;
  return (
    <>
      <StartingBar
        starting={cluster.starting}
        label={trans.__('%1 is starting', name)}
      />
      {news && <div className="jp-PccomputePanel-hint">{news}</div>}
      <ProgressLines cluster={cluster} />
      <CostLine cluster={cluster} />
      <div className="jp-PccomputePanel-actions">
        {size && (
          <span className="jp-PccomputePanel-hint">
            {scaling.mode === 'adaptive'
              ? trans.__('Then adaptive, %1 workers', size)
              : trans._n('Then %1 worker', 'Then %1 workers', Number(size))}
          </span>
        )}
        <Button
          label={trans.__('Cancel %1', name)}
          onClick={() => execute(CommandIDs.cancelCluster, { id: cluster.id })}
        >
          {trans.__('Cancel')}
        </Button>
      </div>
    </>
  );
}

function RunningBody({ cluster, name, open }: IClusterBodyProps): JSX.Element {
  const { trans } = usePanel();
  const execute = useExecute();
  return (
    <>
      <WorkersBar cluster={cluster} brief={!open} />
      <VersionHint cluster={cluster.id} name={name} />
      {open && (
        <>
          <Figures cluster={cluster} />
          <CostLine cluster={cluster} />
          <LiveNote cluster={cluster} />
          <IdleLine cluster={cluster} />
          <ClusterScaling cluster={cluster} name={name} />
          <div className="jp-PccomputePanel-actions">
            <InsertButton cluster={cluster.id} name={name} />
            {cluster.dashboard && (
              <DashboardButton cluster={cluster.id} name={name} />
            )}
            <Button
              look="danger"
              label={trans.__('Shut down %1', name)}
              title={trans.__('Shut down %1', name)}
              onClick={() =>
                execute(CommandIDs.shutdownCluster, { id: cluster.id })
              }
            >
              <stopIcon.react tag="span" elementPosition="center" />
              <span>{trans.__('Shut down')}</span>
            </Button>
          </div>
          <KernelLine cluster={cluster} name={name} />
          <ClusterClients cluster={cluster} />
        </>
      )}
    </>
  );
}

function StoppingBody({ cluster, name }: IClusterBodyProps): JSX.Element {
  const { trans } = usePanel();
  return (
    <>
      <WaitingBar label={trans.__('%1 is stopping', name)} />
      <RemainsList cluster={cluster} />
      <CostLine cluster={cluster} />
    </>
  );
}

function EndedBody({ cluster, name }: IClusterBodyProps): JSX.Element {
  const { trans } = usePanel();
  const execute = useExecute();
  const failed = cluster.state === 'failed';
  const whole = cluster.remains.length === 0;
  return (
    <>
      {cluster.reason && (
        <Note kind={failed ? 'error' : 'info'}>{cluster.reason}</Note>
      )}
      <RemainsList cluster={cluster} />
      <CostLine cluster={cluster} />
      {failed && <ProgressLines cluster={cluster} />}
      <div className="jp-PccomputePanel-actions">
        {failed && (
          <Button
            label={trans.__('Edit and retry %1', name)}
            onClick={() => execute(CommandIDs.retryCluster, { id: cluster.id })}
          >
            {trans.__('Edit and retry')}
          </Button>
        )}
        {failed && (
          <Button
            label={trans.__('Logs of %1', name)}
            onClick={() => execute(CommandIDs.showLogs, { id: cluster.id })}
          >
            {trans.__('Logs')}
          </Button>
        )}
        <Button
          label={
            whole
              ? trans.__('Dismiss %1', name)
              : trans.__('Delete what is left of %1', name)
          }
          onClick={() => execute(CommandIDs.dismissCluster, { id: cluster.id })}
        >
          {whole ? trans.__('Dismiss') : trans.__('Delete what is left')}
        </Button>
      </div>
    </>
  );
}
