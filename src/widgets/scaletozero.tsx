// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { Button } from './buttons';
import { useExecute, usePanel } from './context';
import { isIdle, zeroSize } from './idle';

/** A way to keep an idle cluster without its workers; nothing where it works, or has none. */
export function ScaleToZero(props: {
  cluster: Cluster;
  name: string;
}): JSX.Element | null {
  const { cluster, name } = props;
  const { trans } = usePanel();
  const execute = useExecute();
  if (!isIdle(cluster) || !zeroSize(cluster)) {
    return null;
  }
  return (
    <Button
      label={trans.__('Scale %1 to zero', name)}
      title={trans.__('Give all workers back, and keep the cluster')}
      onClick={() => execute(CommandIDs.scaleToZero, { id: cluster.id })}
    >
      <span>{trans.__('Scale to zero')}</span>
      <span className="jp-mod-short">{trans.__('To zero')}</span>
    </Button>
  );
}
