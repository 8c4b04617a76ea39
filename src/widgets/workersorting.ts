// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { WorkerInfo } from '../_schema';
import type { IWorkerColumn } from './workercolumns';

/** By which column rows are sorted, and in which direction. */
export interface IWorkerOrder {
  readonly column: IWorkerColumn['id'];
  readonly descending: boolean;
}

/** The order after a press on a heading: its column from below, then from above; numbers the other way round. */
export function nextOrder(
  order: IWorkerOrder,
  column: IWorkerColumn
): IWorkerOrder {
  return {
    column: column.id,
    descending:
      order.column === column.id ? !order.descending : column.numeric === true
  };
}

// As people count: worker-2 before worker-10.
const collator = new Intl.Collator(undefined, { numeric: true });

/** The workers in order; those that agree, or of which nothing is known, by name. */
export function inWorkerOrder(
  workers: readonly WorkerInfo[],
  columns: readonly IWorkerColumn[],
  order: IWorkerOrder
): WorkerInfo[] {
  const column = columns.find(({ id }) => id === order.column) ?? columns[0];
  const sign = order.descending ? -1 : 1;
  return workers
    .map(worker => ({ worker, rank: column.rank(worker) }))
    .sort((a, b) => {
      if (a.rank === null || b.rank === null) {
        return (
          Number(a.rank === null) - Number(b.rank === null) ||
          collator.compare(a.worker.name, b.worker.name)
        );
      }
      return (
        sign * compare(a.rank, b.rank) ||
        collator.compare(a.worker.name, b.worker.name)
      );
    })
    .map(({ worker }) => worker);
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : collator.compare(String(a), String(b));
}
