// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';

/** What is left of a cluster that has ended or is being ended, and may cost money. */
export function RemainsList(props: { cluster: Cluster }): JSX.Element | null {
  const { remains, state } = props.cluster;
  const { trans } = usePanel();
  return remains.length === 0 ? null : (
    <div className="jp-PccomputePanel-progress">
      {state === 'stopping'
        ? trans.__('Still to be deleted:')
        : trans.__('Left of it, and may cost money:')}
      <ul>
        {remains.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
