// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';
import { formatCount } from './format';
import { formatScaling, scalingOf, topOf } from './scaling';
import { Sparkline } from './sparkline';

/** The workers of a running cluster: a bar, and the same in words. */
export function WorkersBar(props: {
  cluster: Cluster;
  /** Say how it scales, too: for a card whose scaling is folded away. */
  brief: boolean;
}): JSX.Element {
  const { cluster, brief } = props;
  const { trans } = usePanel();
  const { ready, arriving, requested } = cluster.workers;
  const total = Math.max(
    1,
    cluster.scaling ? topOf(scalingOf(cluster)) : 0,
    requested ?? 0,
    (ready ?? 0) + (arriving ?? 0)
  );
  const share = (count: number | null): React.CSSProperties => ({
    width: `${(100 * (count ?? 0)) / total}%`
  });

  const parts: string[] = [];
  if (arriving) {
    parts.push(trans.__('%1 arriving', formatCount(arriving)));
  }
  if (!brief && requested !== null && requested !== ready) {
    parts.push(trans.__('%1 requested', formatCount(requested)));
  }
  if (brief && cluster.scaling) {
    const size = formatScaling(scalingOf(cluster));
    parts.push(
      cluster.scaling.mode === 'adaptive'
        ? trans.__('adaptive %1', size)
        : trans.__('fixed size %1', size)
    );
  }

  return (
    <>
      <div className="jp-PccomputePanel-bar" aria-hidden="true">
        <span className="jp-mod-ready" style={share(ready)} />
        <span className="jp-mod-arriving" style={share(arriving)} />
      </div>
      <div className="jp-PccomputePanel-workers">
        <span>
          {ready === null ? (
            trans.__('Workers not known')
          ) : (
            <>
              <b>{formatCount(ready)}</b> {trans.__('ready')}
            </>
          )}
          {parts.map(part => ` · ${part}`)}
        </span>
        {brief && cluster.clients === 0 && (
          <span>{trans.__('no client connected')}</span>
        )}
        {!brief && <Sparkline cluster={cluster.id} />}
      </div>
      {cluster.workers.reason && (
        <div className="jp-PccomputePanel-hint">{cluster.workers.reason}</div>
      )}
    </>
  );
}
