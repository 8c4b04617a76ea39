// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { WorkerInfo } from '../_schema';
import type { IWorkerColumn } from './workercolumns';

/** Properties of `WorkerRow`. */
export interface IWorkerRowProps {
  worker: WorkerInfo;
  columns: readonly IWorkerColumn[];
  /** Among all workers, from 0. */
  place: number;
  /** Pixels from the top of the first row. */
  top: number;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A worker in the table. */
function Row(props: IWorkerRowProps): JSX.Element {
  return (
    <div
      role="row"
      // The headings are the first row.
      aria-rowindex={props.place + 2}
      className="jp-PccomputeWorkers-row"
      style={{ top: props.top }}
    >
      {props.columns.map(column => (
        <Cell
          key={column.id}
          column={column}
          worker={props.worker}
          now={props.now}
        />
      ))}
    </div>
  );
}

/** A row that renders again only if it shows another worker, or a time that has moved on. */
export const WorkerRow = React.memo(Row);

/** The class of a column's cells and of its heading, which gives them the same width. */
export function classOf(column: IWorkerColumn): string {
  return `jp-mod-${column.id} ${column.numeric ? 'jp-mod-numeric' : ''}`.trim();
}

function Cell(props: {
  column: IWorkerColumn;
  worker: WorkerInfo;
  now: number;
}): JSX.Element {
  const { column, worker, now } = props;
  const text = column.text(worker, now);
  const share = column.share?.(worker) ?? null;
  const unusual = column.id === 'status' && worker.status !== 'running';
  return (
    <div
      role="cell"
      className={`${classOf(column)} ${unusual ? 'jp-mod-unusual' : ''}`.trim()}
      title={column.numeric ? undefined : text}
    >
      {share !== null && (
        <span
          className="jp-PccomputeWorkers-share"
          style={{ width: `${100 * share}%` }}
          aria-hidden="true"
        />
      )}
      {text}
    </div>
  );
}
