// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { nameOf } from './clustername';
import { stateWord } from './clusterstatus';
import { usePanel } from './context';

/** Tells screen readers, politely, when a cluster changes its state; and nothing else, for figures change all the time. */
export function Announcer(props: {
  clusters: readonly Cluster[];
}): JSX.Element {
  const { trans } = usePanel();
  const states = React.useRef<Map<string, Cluster['state']> | null>(null);
  const [text, setText] = React.useState('');

  React.useEffect(() => {
    const before = states.current;
    states.current = new Map(
      props.clusters.map(cluster => [cluster.id, cluster.state])
    );
    if (before === null) {
      // What is there at first is no news.
      return;
    }
    const news = props.clusters
      .filter(cluster => before.get(cluster.id) !== cluster.state)
      .map(cluster => {
        const state = trans.__(
          '%1: %2',
          nameOf(cluster, trans),
          stateWord(cluster.state, trans)
        );
        return cluster.reason ? `${state}. ${cluster.reason}` : state;
      });
    if (news.length > 0) {
      setText(news.join('. '));
    }
  }, [props.clusters, trans]);

  return (
    <div className="jp-sr-only" role="status" aria-live="polite">
      {text}
    </div>
  );
}
