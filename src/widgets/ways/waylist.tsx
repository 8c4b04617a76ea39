// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Snippet } from '../../_schema';

/** Properties of `WayList`. */
export interface IWayListProps {
  snippets: readonly Snippet[];
  chosen: string;
  onChoose: (way: string) => void;
  /** The id of an element for the way with this id, and of the one that shows it. */
  ids: { tab: (way: string) => string; panel: string };
  label: string;
}

/** The ways to choose from, as tabs one above the other: arrows go from one to the next. */
export function WayList(props: IWayListProps): JSX.Element {
  const { snippets, chosen, onChoose, ids } = props;
  const list = React.useRef<HTMLDivElement>(null);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const at = snippets.findIndex(({ id }) => id === chosen);
    const last = snippets.length - 1;
    const to: { [key: string]: number } = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at === 0 ? last : at - 1,
      Home: 0,
      End: last
    };
    const next = snippets[to[event.key] ?? -1];
    if (next) {
      event.preventDefault();
      onChoose(next.id);
      list.current
        ?.querySelector<HTMLElement>(`#${CSS.escape(ids.tab(next.id))}`)
        ?.focus();
    }
  };
  return (
    <div
      ref={list}
      className="jp-PccomputeWays-list"
      role="tablist"
      aria-label={props.label}
      aria-orientation="vertical"
      onKeyDown={onKeyDown}
    >
      {snippets.map(({ id, title }) => (
        <button
          key={id}
          id={ids.tab(id)}
          type="button"
          role="tab"
          className="jp-PccomputeWays-tab"
          aria-selected={id === chosen}
          aria-controls={ids.panel}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
