// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type Virtualizer
} from '@tanstack/react-virtual';
import React from 'react';
import { CardHeights } from './cardheights';
import { ScrollerContext } from './scroller';

/** Lists that are no longer than this have all their cards in the page. */
const WHOLE = 20;

/** How many cards out of sight are drawn on each side, so that none is missing while one scrolls, and Tab finds the next. */
const OVERSCAN = 2;

/** A card that is in the page. */
export interface ICardInSight {
  readonly index: number;
  /** The pixels that are left free before it, for cards that are not in the page; null where the list is whole. */
  readonly before: number | null;
}

/** What `useCardsInSight` gives. */
export interface ICardsInSight {
  readonly cards: readonly ICardInSight[];
  /** The pixels that are left free after the last one; null where the list is whole. */
  readonly after: number | null;
  /** The reference of each item, which has its place as `data-index`. */
  readonly measure: (item: HTMLElement | null) => void;
}

/**
 * Which cards of a list must be in the page.
 *
 * They stay in the flow of the page, with room left for those that are missing: cards of any height never lie over each other.
 *
 * @param list - The list's element; it scrolls with others in the box of `ScrollerContext`.
 * @param ids - What each card is known by, in order.
 * @param kept - A card that stays in the page wherever it is.
 */
export function useCardsInSight(
  list: React.RefObject<HTMLElement>,
  ids: readonly string[],
  kept: string | null
): ICardsInSight {
  const scroller = React.useContext(ScrollerContext);
  const long = ids.length > WHOLE;
  const top = useTop(list, scroller, long);
  const heights = React.useRef(new CardHeights()).current;
  const keptIndex = kept === null ? -1 : ids.indexOf(kept);
  const virtualizer = useVirtualizer({
    count: ids.length,
    enabled: long,
    getScrollElement: () => scroller,
    getItemKey: React.useCallback((index: number) => ids[index], [ids]),
    estimateSize: heights.expected,
    measureElement: heights.measure,
    overscan: OVERSCAN,
    rangeExtractor: React.useCallback(
      (range: Range) => withIndex(defaultRangeExtractor(range), keptIndex),
      [keptIndex]
    ),
    scrollMargin: top
  });
  const items = virtualizer.getVirtualItems();
  useSteadyView(virtualizer, scroller, ids, top);

  if (!long) {
    return {
      cards: ids.map((_, index) => ({ index, before: null })),
      after: null,
      measure: ignore
    };
  }
  let end = top;
  const cards = items.map(item => {
    const before = item.start - end;
    end = item.end;
    return { index: item.index, before };
  });
  return {
    cards,
    after: top + virtualizer.getTotalSize() - end,
    measure: virtualizer.measureElement
  };
}

/** How far below the top of the box's content the list begins, in pixels; followed while it is `long`. */
function useTop(
  list: React.RefObject<HTMLElement>,
  scroller: HTMLElement | null,
  long: boolean
): number {
  const [top, setTop] = React.useState(0);
  const known = React.useRef<number | null>(null);
  const follow = React.useCallback(() => {
    if (!long || !list.current || !scroller) {
      known.current = null;
      return;
    }
    const before = known.current;
    const next =
      list.current.getBoundingClientRect().top -
      scroller.getBoundingClientRect().top +
      scroller.scrollTop;
    if (before !== null && Math.abs(next - before) < 1) {
      return;
    }
    if (before !== null && scroller.scrollTop > before) {
      // What came or went above the list must not move the cards under somebody's eyes.
      scroller.scrollTop += next - before;
    }
    known.current = next;
    setTop(next);
  }, [list, scroller, long]);
  React.useLayoutEffect(follow);
  return top;
}

/** Keeps the cards under somebody's eyes where they are when others come or go above them; at the top of the list the newest shows. */
function useSteadyView(
  virtualizer: Virtualizer<HTMLElement, Element>,
  scroller: HTMLElement | null,
  ids: readonly string[],
  top: number
): void {
  const held = React.useRef<{ id: string; start: number } | null>(null);
  React.useLayoutEffect(() => {
    if (!scroller || !virtualizer.options.enabled) {
      held.current = null;
      return;
    }
    const before = held.current;
    const index = before === null ? -1 : ids.indexOf(before.id);
    if (before !== null && index >= 0 && scroller.scrollTop > top) {
      scroller.scrollTop +=
        virtualizer.measurementsCache[index].start - before.start;
    }
  }, [virtualizer, scroller, ids, top]);
  React.useLayoutEffect(() => {
    const first = virtualizer.getVirtualItemForOffset(scroller?.scrollTop ?? 0);
    held.current = first ? { id: String(first.key), start: first.start } : null;
  });
}

function withIndex(indexes: number[], index: number): number[] {
  return index < 0 || indexes.includes(index)
    ? indexes
    : [...indexes, index].sort((a, b) => a - b);
}

function ignore(): void {
  // A list that is whole needs no measures.
}
