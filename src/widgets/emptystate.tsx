// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import { CommandIDs, type IClusterManager } from '../tokens';
import { Button } from './buttons';
import { useExecute, usePanel } from './context';
import { computeIcon } from './icons';

/** What stands where no cluster is listed: what this place is for, and the next step. */
export function EmptyState(props: {
  manager: IClusterManager;
}): JSX.Element | null {
  const { manager } = props;
  const { trans } = usePanel();
  const execute = useExecute();
  const { backends, connection } = manager;
  if (connection !== 'ready') {
    return null;
  }

  const usable = backends.some(backend => backend.state === 'ready');
  const [title, text] = (() => {
    if (usable) {
      return [
        trans.__('No clusters yet'),
        trans.__(
          'A Dask cluster runs your computation on many workers at once. Create one, then insert the code that connects your notebook to it.'
        )
      ];
    }
    if (backends.length > 0) {
      return [
        trans.__('No clusters can run yet'),
        trans.__('None of the places below is ready; each says what it needs.')
      ];
    }
    return [
      trans.__('No place to run clusters'),
      trans.__(
        'Connect to a Dask Gateway. Or set DASK_GATEWAY__ADDRESS to the address of one, or install pccompute-ext[local] to run clusters on this machine, and restart the Jupyter server.'
      )
    ];
  })();
  return (
    <div className="jp-PccomputePanel-empty">
      <computeIcon.react
        tag="span"
        className="jp-PccomputePanel-emptyIcon"
        width="32px"
        height="32px"
      />
      <div className="jp-PccomputePanel-emptyTitle">{title}</div>
      <p>{text}</p>
      {usable && (
        <Button
          look="primary"
          onClick={() => execute(CommandIDs.createCluster)}
        >
          {trans.__('Create a cluster')}
        </Button>
      )}
      {!usable && (
        <Button
          look={backends.length > 0 ? 'plain' : 'primary'}
          onClick={() => execute(CommandIDs.connectGateway)}
        >
          {trans.__('Connect to a gateway')}
        </Button>
      )}
    </div>
  );
}
