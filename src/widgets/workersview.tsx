// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { listIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { Cluster, WorkerInfo } from '../_schema';
import { ClusterView } from './clusterview';
import { formatBytes, formatCount } from './format';
import { ViewState } from './viewstate';
import { WorkersTable } from './workerstable';

/** Milliseconds between two questions for the workers. */
const INTERVAL = 3000;

/** The workers of one cluster as a table, in the main area. */
export class WorkersView extends ClusterView<WorkerInfo[]> {
  constructor(options: ClusterView.IOptions) {
    super(options, listIcon, {
      ask: () => options.manager.workers(options.cluster),
      interval: INTERVAL
    });
    this.addClass('jp-PccomputeWorkers');
  }

  protected override get label(): string {
    return this.trans.__('Workers of %1', this.clusterName);
  }

  protected override render(): JSX.Element {
    const { polled, trans, label, known } = this;
    const workers = polled.value;
    return (
      <>
        <ViewState polled={polled} trans={trans} />
        {workers && <Summary workers={workers} cluster={known} trans={trans} />}
        {workers && workers.length > 0 && (
          <WorkersTable workers={workers} label={label} trans={trans} />
        )}
      </>
    );
  }
}

/** The workers in a line; and why there are no more, as far as that is known. */
function Summary(props: {
  workers: readonly WorkerInfo[];
  cluster: Cluster | undefined;
  trans: TranslationBundle;
}): JSX.Element {
  const { workers, cluster, trans } = props;
  const threads = sum(workers, worker => worker.threads);
  const used = sum(workers, worker => worker.memory.used);
  const count = workers.length;
  const parts =
    count === 0
      ? [trans.__('No worker is ready.')]
      : [
          trans._n('%2 worker', '%2 workers', count, formatCount(count)),
          trans._n('%2 thread', '%2 threads', threads, formatCount(threads)),
          trans.__('%1 of memory used', formatBytes(used))
        ];
  return (
    <p className="jp-PccomputeView-summary">
      {parts.join(' · ')}
      {cluster?.workers.reason && <> {cluster.workers.reason}</>}
    </p>
  );
}

function sum(
  workers: readonly WorkerInfo[],
  figure: (worker: WorkerInfo) => number | null
): number {
  return workers.reduce((total, worker) => total + (figure(worker) ?? 0), 0);
}
