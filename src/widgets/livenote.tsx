// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';

/** Why the figures are not pushed, and whether notebooks can use the cluster from here; nothing where all is well. */
export function LiveNote(props: { cluster: Cluster }): JSX.Element | null {
  const { kind, reason, connectable } = props.cluster.live;
  const { trans } = usePanel();
  const unconnectable =
    connectable === false
      ? trans.__('Kernels here cannot connect to this cluster.')
      : null;
  if (!unconnectable && (kind === 'stream' || !reason)) {
    return null;
  }
  return (
    <div className="jp-PccomputePanel-hint">
      {[unconnectable, reason].filter(Boolean).join(' ')}
    </div>
  );
}
