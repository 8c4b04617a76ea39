// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

/** The height in pixels of a running cluster's card, folded, in a panel that is not narrow. */
const FOLDED = 79;

/** So many measures say how high the cards of a list are. */
const RECENT = 32;

/**
 * Measures cards, and tells what height the others are likely to have.
 *
 * A card that has another height than it was expected to have moves all those after it, and the page is laid out once more: the cost of a jump
 * through a long list. How high cards are depends on the width of the panel and on the fonts.
 */
export class CardHeights {
  /** In pixels, of a card that has not been measured. */
  readonly expected = (): number => this._expected;

  /** In pixels, to the fraction, so that many together are where they belong. */
  readonly measure = (item: Element, entry?: ResizeObserverEntry): number => {
    const height =
      entry?.borderBoxSize?.[0]?.blockSize ??
      item.getBoundingClientRect().height;
    this._recent.push(height);
    this._recent.splice(0, this._recent.length - RECENT);
    this._expected = median(this._recent);
    return height;
  };

  private readonly _recent: number[] = [];
  private _expected = FOLDED;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
