// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { ClusterCard } from './clustercard';
import { useCardFocus } from './usecardfocus';
import { useCardsInSight } from './usecardsinsight';

/** Properties of `ClusterList`. */
export interface IClusterListProps {
  clusters: readonly Cluster[];
  label: string;
  cardsStartOpen: boolean;
}

/**
 * The cards of one backend's clusters.
 *
 * Of a long list only the cards in sight are in the page, some before and after them, and the one that has the focus.
 * Each says which place of how many it has, and keeps for as long as the list lives whether it is folded.
 */
export function ClusterList(props: IClusterListProps): JSX.Element {
  const { clusters, cardsStartOpen } = props;
  const list = React.useRef<HTMLUListElement>(null);
  const open = React.useRef(new Map<string, boolean>());
  const ids = React.useMemo(
    () => clusters.map(cluster => cluster.id),
    [clusters]
  );
  const focus = useCardFocus(list, ids);
  const { cards, after, measure } = useCardsInSight(list, ids, focus.kept);

  const startsOpen = (id: string): boolean => {
    if (!open.current.has(id)) {
      open.current.set(id, cardsStartOpen);
    }
    return open.current.get(id) === true;
  };

  return (
    <ul
      ref={list}
      className={`jp-PccomputePanel-list ${after === null ? '' : 'jp-mod-long'}`.trim()}
      aria-label={props.label}
      style={after === null ? undefined : { paddingBlockEnd: after }}
      {...focus.handlers}
    >
      {cards.map(({ index, before }) => {
        const cluster = clusters[index];
        return (
          <li
            key={cluster.id}
            ref={measure}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={clusters.length}
            style={before === null ? undefined : { marginBlockStart: before }}
          >
            <ClusterCard
              cluster={cluster}
              startsOpen={startsOpen(cluster.id)}
              onFold={folded => open.current.set(cluster.id, folded)}
            />
          </li>
        );
      })}
    </ul>
  );
}
