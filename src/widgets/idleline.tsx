// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';
import { Elapsed } from './elapsed';
import { formatAge } from './format';
import { isIdle } from './idle';

/** Since when a cluster has had nothing to do, where its status counts down instead of saying so. */
export function IdleLine(props: { cluster: Cluster }): JSX.Element | null {
  const { cluster } = props;
  const { trans } = usePanel();
  const { since, stops_at } = cluster.idle ?? {};
  if (!isIdle(cluster) || !since || !stops_at) {
    return null;
  }
  return (
    <div className="jp-PccomputePanel-hint">
      <Elapsed
        moment={since}
        every="minute"
        format={seconds => trans.__('Idle for %1', formatAge(seconds, trans))}
      />
    </div>
  );
}
