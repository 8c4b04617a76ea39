// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { Button } from './buttons';
import { ClusterScaling } from './clusterscaling';
import { useExecute, usePanel } from './context';
import { Figures } from './figures';
import { InsertButton } from './insertbutton';
import { Note } from './note';
import { formatScaling, scalingOf } from './scaling';
import { WaitingBar, WorkersBar } from './workersbar';

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
  return (
    <>
      <WaitingBar label={trans.__('%1 is starting', name)} />
      {cluster.reason && (
        <div className="jp-PccomputePanel-hint">{cluster.reason}</div>
      )}
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
      {open && (
        <>
          <Figures cluster={cluster} />
          {cluster.live.kind === 'none' && cluster.live.reason && (
            <div className="jp-PccomputePanel-hint">{cluster.live.reason}</div>
          )}
          <ClusterScaling cluster={cluster} name={name} />
          <div className="jp-PccomputePanel-actions">
            <InsertButton cluster={cluster.id} name={name} />
            <Button
              look="danger"
              label={trans.__('Shut down %1', name)}
              onClick={() =>
                execute(CommandIDs.shutdownCluster, { id: cluster.id })
              }
            >
              {trans.__('Shut down')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

function StoppingBody({ name }: IClusterBodyProps): JSX.Element {
  const { trans } = usePanel();
  return <WaitingBar label={trans.__('%1 is stopping', name)} />;
}

function EndedBody({ cluster, name }: IClusterBodyProps): JSX.Element {
  const { trans } = usePanel();
  const execute = useExecute();
  const failed = cluster.state === 'failed';
  return (
    <>
      {cluster.reason && (
        <Note kind={failed ? 'error' : 'info'}>{cluster.reason}</Note>
      )}
      <div className="jp-PccomputePanel-actions">
        {failed && (
          <Button
            label={trans.__('Edit and retry %1', name)}
            onClick={() => execute(CommandIDs.retryCluster, { id: cluster.id })}
          >
            {trans.__('Edit and retry')}
          </Button>
        )}
        <Button
          label={trans.__('Dismiss %1', name)}
          onClick={() => execute(CommandIDs.dismissCluster, { id: cluster.id })}
        >
          {trans.__('Dismiss')}
        </Button>
      </div>
    </>
  );
}
