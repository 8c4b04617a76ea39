// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Backend, Cluster } from '../_schema';
import type { IClusterManager } from '../tokens';
import { Announcer } from './announcer';
import { localLast } from './backendorder';
import { BackendSection } from './backendsection';
import { ConnectionNote } from './connectionnote';
import { EmptyState } from './emptystate';
import { PanelHeader } from './panelheader';
import { ScrollerContext } from './scroller';
import { useManager } from './usemanager';

/** With more running clusters than this, their cards start folded to two lines. */
const OPEN_CARDS = 3;

const NONE: readonly Cluster[] = [];

/** Everything in the panel. */
export function PanelView(props: { manager: IClusterManager }): JSX.Element {
  const { manager } = props;
  const [scroller, setScroller] = React.useState<HTMLElement | null>(null);
  useManager(manager);
  const { clusters, problems } = manager;
  const clustersOf = React.useMemo(() => byBackend(clusters), [clusters]);
  const running = clusters.filter(cluster => cluster.state === 'running');

  return (
    <>
      <PanelHeader manager={manager} />
      <Announcer clusters={clusters} />
      <div ref={setScroller} className="jp-PccomputePanel-content">
        <ScrollerContext.Provider value={scroller}>
          <ConnectionNote manager={manager} />
          {clusters.length === 0 && <EmptyState manager={manager} />}
          {sectionsOf(manager).map(backend => (
            <BackendSection
              key={backend.id}
              backend={backend}
              known={manager.backend(backend.id) !== undefined}
              clusters={clustersOf.get(backend.id) ?? NONE}
              problem={problems.find(problem => problem.backend === backend.id)}
              cardsStartOpen={running.length <= OPEN_CARDS}
            />
          ))}
        </ScrollerContext.Provider>
      </div>
    </>
  );
}

function byBackend(
  clusters: readonly Cluster[]
): ReadonlyMap<string, readonly Cluster[]> {
  const found = new Map<string, Cluster[]>();
  for (const cluster of clusters) {
    const others = found.get(cluster.backend);
    if (others) {
      others.push(cluster);
    } else {
      found.set(cluster.backend, [cluster]);
    }
  }
  return found;
}

/**
 * The backends in their order, this machine last.
 *
 * A backend that is no longer configured keeps its place for as long as it has clusters: they may cost money.
 */
function sectionsOf(manager: IClusterManager): Backend[] {
  const known = new Set(manager.backends.map(backend => backend.id));
  const forgotten = new Set(
    manager.clusters
      .map(cluster => cluster.backend)
      .filter(backend => !known.has(backend))
  );
  return localLast([
    ...manager.backends,
    ...[...forgotten].map((id): Backend => ({
      id,
      kind: '',
      label: id,
      address: null,
      state: 'unavailable',
      reason: null,
      editable: false,
      credential: null,
      region: null,
      account: null,
      finds_leftovers: false
    }))
  ]);
}
