// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { WorkerInfo } from '../_schema';
import { formatAge, formatBytes, formatCount } from './format';

/** A column of the table of workers. */
export interface IWorkerColumn {
  readonly id: 'name' | 'status' | 'threads' | 'memory' | 'cpu' | 'seen';
  readonly title: string;
  /** What the heading says at length. */
  readonly hint?: string;
  readonly numeric?: boolean;
  /** What rows are sorted by; null, for what is not known, is always last. */
  readonly rank: (worker: WorkerInfo) => number | string | null;
  /** `now` in milliseconds since the epoch. */
  readonly text: (worker: WorkerInfo, now: number) => string;
  /** A number from 0 to 1 that is drawn behind the text. */
  readonly share?: (worker: WorkerInfo) => number | null;
}

/** The columns in their order. */
export function workerColumns(trans: TranslationBundle): IWorkerColumn[] {
  const unknown = '–';
  return [
    {
      id: 'name',
      title: trans.__('Name'),
      rank: worker => worker.name,
      text: worker => worker.name
    },
    {
      id: 'status',
      title: trans.__('Status'),
      rank: worker => worker.status,
      text: worker => worker.status.replace(/_/g, ' ')
    },
    {
      id: 'threads',
      title: trans.__('Threads'),
      numeric: true,
      rank: worker => worker.threads,
      text: worker => formatCount(worker.threads)
    },
    {
      id: 'memory',
      title: trans.__('Memory'),
      hint: trans.__('Memory in use, of its limit'),
      numeric: true,
      rank: worker => worker.memory.used,
      text: ({ memory: { used, limit } }) => {
        if (used === null) {
          return limit === null
            ? unknown
            : trans.__('of %1', formatBytes(limit));
        }
        return limit === null
          ? formatBytes(used)
          : trans.__('%1 of %2', formatBytes(used), formatBytes(limit));
      },
      share: ({ memory: { used, limit } }) =>
        used === null || !limit ? null : Math.min(1, used / limit)
    },
    {
      id: 'cpu',
      title: trans.__('CPU'),
      hint: trans.__('100% is one whole core'),
      numeric: true,
      rank: worker => worker.cpu,
      text: ({ cpu }) =>
        cpu === null ? unknown : trans.__('%1%', Math.round(100 * cpu))
    },
    {
      id: 'seen',
      title: trans.__('Last seen'),
      hint: trans.__('When the scheduler last heard of it'),
      numeric: true,
      rank: ({ last_seen }) => last_seen && Date.parse(last_seen),
      text: ({ last_seen }, now) =>
        last_seen === null
          ? unknown
          : ago((now - Date.parse(last_seen)) / 1000, trans)
    }
  ];
}

/** A distance in seconds; up to a few the clocks of two machines differ anyway. */
function ago(seconds: number, trans: TranslationBundle): string {
  if (seconds < 5) {
    return trans.__('now');
  }
  return seconds < 60
    ? trans.__('%1 s ago', Math.floor(seconds))
    : trans.__('%1 ago', formatAge(seconds, trans));
}
