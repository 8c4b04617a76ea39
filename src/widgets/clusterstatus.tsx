// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';
import { Elapsed } from './elapsed';
import { formatAge, formatClock } from './format';

/** The state of a cluster as one word. */
export function stateWord(
  state: Cluster['state'],
  trans: TranslationBundle
): string {
  switch (state) {
    case 'pending':
      return trans.__('starting');
    case 'running':
      return trans.__('running');
    case 'stopping':
      return trans.__('stopping');
    case 'stopped':
      return trans.__('stopped');
    case 'failed':
      return trans.__('failed');
  }
}

/** The state of a cluster and how long it has lasted: `running 14 min`, `starting 0:21, usually 0:50`, `idle, stops in 6:40`. */
export function ClusterStatus(props: { cluster: Cluster }): JSX.Element {
  const { cluster } = props;
  const { trans } = usePanel();
  const word = stateWord(cluster.state, trans);
  const text = (() => {
    if (cluster.stale) {
      return trans.__('%1 when last seen', word);
    }
    const since = cluster.starting?.since ?? cluster.created;
    if (cluster.state === 'pending' && since) {
      const usual = cluster.starting?.usual_seconds ?? null;
      return (
        <Elapsed
          moment={since}
          every="second"
          format={seconds =>
            usual === null
              ? trans.__('starting %1', formatClock(seconds))
              : trans.__(
                  'starting %1, usually %2',
                  formatClock(seconds),
                  formatClock(usual)
                )
          }
        />
      );
    }
    if (cluster.state !== 'running') {
      return word;
    }
    if (cluster.idle?.stops_at) {
      return (
        <Elapsed
          moment={cluster.idle.stops_at}
          down
          every="second"
          format={seconds =>
            trans.__('idle, stops in %1', formatClock(seconds))
          }
        />
      );
    }
    if (cluster.idle?.since) {
      return (
        <Elapsed
          moment={cluster.idle.since}
          every="minute"
          format={seconds => trans.__('idle %1', formatAge(seconds, trans))}
        />
      );
    }
    return cluster.created ? (
      <Elapsed
        moment={cluster.created}
        every="minute"
        format={seconds => trans.__('running %1', formatAge(seconds, trans))}
      />
    ) : (
      word
    );
  })();
  return <span className="jp-PccomputePanel-status">{text}</span>;
}
