// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';
import { formatBytes, formatCores, formatCount } from './format';

interface IFigure {
  value: string;
  unit: string;
  /** The same in full. */
  title?: string;
}

/** Cores, memory and tasks of a running cluster: those that are known. */
export function Figures(props: { cluster: Cluster }): JSX.Element | null {
  const { cores, memory, tasks } = props.cluster;
  const { trans } = usePanel();
  const figures: IFigure[] = [];
  if (cores !== null) {
    figures.push({
      value: formatCores(cores),
      unit: trans._n('core', 'cores', cores)
    });
  }
  if (memory.limit !== null) {
    const used =
      memory.used !== null && memory.limit > 0
        ? Math.round((100 * memory.used) / memory.limit)
        : null;
    figures.push({
      value: formatBytes(memory.limit),
      unit: used === null ? trans.__('memory') : trans.__('%1% used', used),
      title:
        memory.used === null
          ? undefined
          : trans.__(
              '%1 of %2 of the workers’ memory are used',
              formatBytes(memory.used),
              formatBytes(memory.limit)
            )
    });
  } else if (memory.used !== null) {
    figures.push({
      value: formatBytes(memory.used),
      unit: trans.__('memory used')
    });
  }
  if (tasks) {
    figures.push({
      value: formatCount(tasks.processing),
      unit: trans._n('task running', 'tasks running', tasks.processing)
    });
    if (tasks.waiting > 0) {
      figures.push({
        value: formatCount(tasks.waiting),
        unit: trans._n('task waiting', 'tasks waiting', tasks.waiting)
      });
    }
    if (tasks.erred > 0) {
      figures.push({
        value: formatCount(tasks.erred),
        unit: trans._n('task failed', 'tasks failed', tasks.erred)
      });
    }
  }
  if (figures.length === 0) {
    return null;
  }
  return (
    <ul className="jp-PccomputePanel-figures">
      {figures.map((figure, index) => (
        <li key={index} title={figure.title}>
          <b>{figure.value}</b> {figure.unit}
        </li>
      ))}
    </ul>
  );
}
