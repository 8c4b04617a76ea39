// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';

/** How many lines are shown; the logs hold the rest. */
const SHOWN = 6;

/** How far a cluster came, step by step and folded away: what is so now comes first. */
export function ProgressLines(props: { cluster: Cluster }): JSX.Element | null {
  const { state, progress, reason } = props.cluster;
  const { trans } = usePanel();
  const now = state === 'failed' ? reason : progress.at(-1);
  const lines = progress.filter(line => line !== now).slice(-SHOWN);
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
