// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { Button } from './buttons';
import { useExecute, usePanel } from './context';
import { Elapsed } from './elapsed';
import { formatAge } from './format';
import { isIdle, zeroSize } from './idle';

/** Since when a cluster has had nothing to do, where its status does not say so, and a way to keep it without its workers. */
export function IdleLine(props: {
  cluster: Cluster;
  name: string;
}): JSX.Element | null {
  const { cluster, name } = props;
  const { trans } = usePanel();
  const execute = useExecute();
  if (!isIdle(cluster)) {
    return null;
  }
  const { since, stops_at } = cluster.idle ?? {};
  return (
    <div className="jp-PccomputePanel-idle">
      {since && stops_at && (
        <span className="jp-PccomputePanel-hint">
          <Elapsed
            moment={since}
            every="minute"
            format={seconds =>
              trans.__('Idle for %1', formatAge(seconds, trans))
            }
          />
        </span>
      )}
      {zeroSize(cluster) && (
        <Button
          label={trans.__('Scale %1 to zero', name)}
          title={trans.__('Give all workers back, and keep the cluster')}
          onClick={() => execute(CommandIDs.scaleToZero, { id: cluster.id })}
        >
          {trans.__('Scale to zero')}
        </Button>
      )}
    </div>
  );
}
