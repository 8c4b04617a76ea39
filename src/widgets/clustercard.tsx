// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import {
  caretDownIcon,
  caretRightIcon,
  ellipsesIcon
} from '@jupyterlab/ui-components';
import { JSONExt, type ReadonlyJSONObject } from '@lumino/coreutils';
import React from 'react';
import type { Cluster } from '../_schema';
import { IconButton, MenuButton } from './buttons';
import { ClusterBody } from './clusterbody';
import { clusterMenu } from './clustermenu';
import { ClusterName, nameOf } from './clustername';
import { ClusterStatus } from './clusterstatus';
import { useExecute, usePanel } from './context';

/** Properties of `ClusterCard`. */
export interface IClusterCardProps {
  cluster: Cluster;
  /** Whether a running cluster's card starts with its figures and controls in sight. */
  startsOpen: boolean;
  /** Called when the figures and controls were folded away, or unfolded. */
  onFold?: (open: boolean) => void;
}

/** A cluster: its name and state, and below them what fits the state. */
function Card(props: IClusterCardProps): JSX.Element {
  const { cluster } = props;
  const { trans } = usePanel();
  const execute = useExecute();
  const heading = React.useId();
  const [open, setOpen] = React.useState(props.startsOpen);
  const [renaming, setRenaming] = React.useState(false);
  const card = React.useRef<HTMLElement>(null);

  const name = nameOf(cluster, trans);
  const rename = (next: boolean): void => {
    setRenaming(next);
    if (!next && card.current?.contains(document.activeElement)) {
      // The field goes away: keep the keyboard in this card.
      card.current.focus();
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'F2') {
      event.preventDefault();
      setRenaming(true);
    }
  };
  const stale = cluster.stale ? ' jp-mod-stale' : '';

  return (
    <article
      ref={card}
      className={`jp-PccomputePanel-card jp-mod-${cluster.state}${stale}`}
      data-cluster={cluster.id}
      aria-labelledby={renaming ? undefined : heading}
      aria-label={renaming ? name : undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className="jp-PccomputePanel-title">
        <span className="jp-PccomputePanel-dot" aria-hidden="true" />
        <ClusterName
          cluster={cluster}
          id={heading}
          renaming={renaming}
          onRename={rename}
        />
        <ClusterStatus cluster={cluster} />
        <span className="jp-PccomputePanel-tools">
          {cluster.state === 'running' && (
            <IconButton
              icon={open ? caretDownIcon : caretRightIcon}
              label={
                open
                  ? trans.__('Show less of %1', name)
                  : trans.__('Show more of %1', name)
              }
              onClick={() => {
                setOpen(!open);
                props.onFold?.(!open);
              }}
            />
          )}
          <MenuButton
            icon={ellipsesIcon}
            label={trans.__('Actions for %1', name)}
            items={() =>
              clusterMenu(cluster, () => setRenaming(true), execute, trans)
            }
          />
        </span>
      </div>
      <ClusterBody cluster={cluster} name={name} open={open} />
    </article>
  );
}

/** A card that renders again only if something of its cluster has changed. */
export const ClusterCard = React.memo(Card, (before, after) =>
  JSONExt.deepEqual(
    before.cluster as unknown as ReadonlyJSONObject,
    after.cluster as unknown as ReadonlyJSONObject
  )
);
