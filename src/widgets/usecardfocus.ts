// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** How far each key goes; the list's ends are further than any. */
const STEPS: { readonly [key: string]: number } = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: -Infinity,
  End: Infinity
};

/** Frames in which the heights of the cards around one that was far away become known, and it moves. */
const FRAMES = 5;

/** What `useCardFocus` gives. */
export interface ICardFocus {
  /** The id of the card that must stay in the page, since it has the focus or is about to get it. */
  readonly kept: string | null;
  /** For the list. */
  readonly handlers: Pick<
    React.HTMLAttributes<HTMLElement>,
    'onFocus' | 'onBlur' | 'onKeyDown'
  >;
}

/**
 * The focus in a list of cards: arrow keys, Home and End go from card to card.
 *
 * @param ids - Of the clusters, in their order. Not each has a card in the page.
 */
export function useCardFocus(
  list: React.RefObject<HTMLElement>,
  ids: readonly string[]
): ICardFocus {
  const [kept, setKept] = React.useState<string | null>(null);
  // The card that gets the focus as soon as it is in the page.
  const awaited = React.useRef<string | null>(null);

  React.useLayoutEffect(() => {
    if (kept !== null && awaited.current === kept) {
      awaited.current = null;
      const card = cardOf(list.current, kept);
      card?.focus();
      stayInSight(card, FRAMES);
    }
  });

  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>): void => {
    const step = STEPS[event.key];
    const id = clusterOf(event.target);
    if (!step || id === null || !isFree(event)) {
      return;
    }
    event.preventDefault();
    const to = Math.min(Math.max(ids.indexOf(id) + step, 0), ids.length - 1);
    const card = cardOf(list.current, ids[to]);
    if (card) {
      card.focus();
    } else {
      awaited.current = ids[to];
      setKept(ids[to]);
    }
  };

  return {
    kept,
    handlers: {
      onFocus: event => setKept(clusterOf(event.target)),
      onBlur: event => {
        if (
          awaited.current === null &&
          !event.currentTarget.contains(event.relatedTarget)
        ) {
          setKept(null);
        }
      },
      onKeyDown
    }
  };
}

/** Whether a key has no other meaning where it was pressed: cards and plain buttons make nothing of arrows. */
function isFree(event: React.KeyboardEvent): boolean {
  const { target } = event;
  return (
    !event.defaultPrevented &&
    !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) &&
    target instanceof Element &&
    target.matches('article, button:not([role])')
  );
}

/** The id of the cluster whose card holds an element. */
function clusterOf(target: EventTarget): string | null {
  const card =
    target instanceof Element && target.closest<HTMLElement>('[data-cluster]');
  return card ? (card.dataset.cluster ?? null) : null;
}

function stayInSight(card: HTMLElement | null, frames: number): void {
  if (card && frames > 0 && document.activeElement === card) {
    card.scrollIntoView({ block: 'nearest' });
    requestAnimationFrame(() => stayInSight(card, frames - 1));
  }
}

function cardOf(list: HTMLElement | null, id: string): HTMLElement | null {
  return (
    list?.querySelector<HTMLElement>(`[data-cluster="${CSS.escape(id)}"]`) ??
    null
  );
}
