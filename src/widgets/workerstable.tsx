// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretUpIcon } from '@jupyterlab/ui-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import React from 'react';
import type { WorkerInfo } from '../_schema';
import { type IWorkerColumn, workerColumns } from './workercolumns';
import { type IWorkerOrder, inWorkerOrder, nextOrder } from './workersorting';

/** The height of a row in pixels; style/workers.css gives it the same. */
const ROW = 26;

/** How many rows out of sight are drawn, so that none is missing while one scrolls. */
const OVERSCAN = 12;

/** Properties of `WorkersTable`. */
export interface IWorkersTableProps {
  workers: readonly WorkerInfo[];
  label: string;
  trans: TranslationBundle;
}

/**
 * The workers as a table that can be sorted.
 *
 * Of a thousand rows only those in sight are in the page. The keyboard scrolls the table, and presses its headings.
 */
export function WorkersTable(props: IWorkersTableProps): JSX.Element {
  const { workers, label, trans } = props;
  const scroller = React.useRef<HTMLDivElement>(null);
  const [order, setOrder] = React.useState<IWorkerOrder>({
    column: 'name',
    descending: false
  });
  const columns = React.useMemo(() => workerColumns(trans), [trans]);
  const rows = React.useMemo(
    () => inWorkerOrder(workers, columns, order),
    [workers, columns, order]
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: index => rows[index].name,
    estimateSize: () => ROW,
    overscan: OVERSCAN
  });
  const now = Date.now();

  return (
    <div
      ref={scroller}
      className="jp-PccomputeWorkers-scroller"
      // Whoever has no mouse scrolls with the arrow keys.
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <div
        className="jp-PccomputeWorkers-table"
        role="table"
        aria-label={label}
        aria-rowcount={rows.length + 1}
      >
        <div role="rowgroup" className="jp-PccomputeWorkers-head">
          <div role="row" aria-rowindex={1} className="jp-PccomputeWorkers-row">
            {columns.map(column => (
              <Heading
                key={column.id}
                column={column}
                order={order}
                onPress={() => setOrder(nextOrder(order, column))}
              />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className="jp-PccomputeWorkers-body"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ key, index, start }) => (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              className="jp-PccomputeWorkers-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              {columns.map(column => (
                <Cell
                  key={column.id}
                  column={column}
                  worker={rows[index]}
                  now={now}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Heading(props: {
  column: IWorkerColumn;
  order: IWorkerOrder;
  onPress: () => void;
}): JSX.Element {
  const { column, order } = props;
  const sorted = order.column === column.id;
  const Caret = order.descending ? caretDownIcon : caretUpIcon;
  return (
    <div
      role="columnheader"
      className={column.numeric ? 'jp-mod-numeric' : undefined}
      aria-sort={
        sorted ? (order.descending ? 'descending' : 'ascending') : undefined
      }
    >
      <button
        type="button"
        className="jp-PccomputeWorkers-sort"
        title={column.hint}
        onClick={props.onPress}
      >
        {column.title}
        {sorted && <Caret.react tag="span" elementPosition="center" />}
      </button>
    </div>
  );
}

function Cell(props: {
  column: IWorkerColumn;
  worker: WorkerInfo;
  now: number;
}): JSX.Element {
  const { column, worker, now } = props;
  const text = column.text(worker, now);
  const share = column.share?.(worker) ?? null;
  return (
    <div
      role="cell"
      className={[
        `jp-mod-${column.id}`,
        column.numeric ? 'jp-mod-numeric' : '',
        column.id === 'status' && worker.status !== 'running'
          ? 'jp-mod-unusual'
          : ''
      ].join(' ')}
      title={column.numeric ? undefined : text}
    >
      {share !== null && (
        <span
          className="jp-PccomputeWorkers-share"
          style={{ width: `${100 * share}%` }}
          aria-hidden="true"
        />
      )}
      <span>{text}</span>
    </div>
  );
}
