// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';

/** How many lines are shown; the logs hold the rest. */
const SHOWN = 6;

/** What was known of a cluster that failed, folded away: its reason comes first. */
export function ProgressLines(props: { cluster: Cluster }): JSX.Element | null {
  const { progress, reason } = props.cluster;
  const { trans } = usePanel();
  const lines = progress.filter(line => line !== reason).slice(-SHOWN);
  return lines.length === 0 ? null : (
    <details className="jp-PccomputePanel-progress">
      <summary>{trans.__('What happened before')}</summary>
      <ol>
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ol>
    </details>
  );
}
