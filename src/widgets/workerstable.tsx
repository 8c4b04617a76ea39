// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretUpIcon } from '@jupyterlab/ui-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import React from 'react';
import type { WorkerInfo } from '../_schema';
import { type IWorkerColumn, workerColumns } from './workercolumns';
import { classOf, WorkerRow } from './workerrow';
import { type IWorkerOrder, inWorkerOrder, nextOrder } from './workersorting';

/** The height of a row in pixels; style/workers.css gives it the same. */
const ROW = 26;

/** How many rows out of sight are drawn on each side, so that none is missing while one scrolls slowly. */
const OVERSCAN = 4;

/** Milliseconds for which the texts that move with time stay as they are. */
const TICK = 1000;

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
    estimateSize: () => ROW,
    overscan: OVERSCAN
  });
  const items = virtualizer.getVirtualItems();
  // Rows that scroll out of sight are used again for those that come: other texts cost less than other elements.
  const most = React.useRef(0);
  most.current = Math.max(most.current, items.length);
  const now = TICK * Math.floor(Date.now() / TICK);

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
          {items.map(({ index, start }) => (
            <WorkerRow
              key={index % most.current}
              worker={rows[index]}
              columns={columns}
              place={index}
              top={start}
              now={now}
            />
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
      className={classOf(column)}
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
