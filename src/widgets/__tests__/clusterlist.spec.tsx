// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { act, fireEvent, screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { Cluster } from '../../_schema';
import { ClusterList } from '../clusterlist';
import { ScrollerContext } from '../scroller';
import { inPanel, renderInPanel } from './dom';
import { clusterWith, fakeCommands } from './fakemanager';

/** The height of a card, and of the box, in pixels: jsdom lays nothing out. */
const CARD = 111;
const BOX = 400;

function clusters(count: number, change: Partial<Cluster> = {}): Cluster[] {
  return Array.from({ length: count }, (_, index) =>
    clusterWith({ id: `id-${index}`, label: `cluster-${index}`, ...change })
  );
}

function Scrolled(props: { clusters: Cluster[] }): JSX.Element {
  const [box, setBox] = React.useState<HTMLElement | null>(null);
  return (
    <div ref={setBox} data-testid="scroller">
      <ScrollerContext.Provider value={box}>
        <ClusterList
          clusters={props.clusters}
          label="Clusters on Planetary hub"
          cardsStartOpen={false}
        />
      </ScrollerContext.Provider>
    </div>
  );
}

function show(shown: Cluster[]) {
  const { commands } = fakeCommands();
  const { container, rerender } = renderInPanel(
    <Scrolled clusters={shown} />,
    commands
  );
  const update = (next: Cluster[]) =>
    rerender(inPanel(<Scrolled clusters={next} />, commands));
  return { container, update };
}

const places = () =>
  screen
    .getAllByRole('listitem')
    .map(item => Number(item.getAttribute('aria-posinset')));
const card = (name: string) => screen.getByRole('article', { name });
const scroller = () => screen.getByTestId('scroller');
const scrollTo = (pixels: number) => {
  scroller().scrollTop = pixels;
  fireEvent.scroll(scroller());
};

beforeEach(() => {
  Element.prototype.scrollIntoView = jest.fn();
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(BOX);
  jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(300);
  jest
    .spyOn(Element.prototype, 'getBoundingClientRect')
    .mockImplementation(function (this: Element) {
      const isList = this.tagName === 'UL';
      const top = isList ? -scroller().scrollTop : 0;
      const height = this.tagName === 'LI' ? CARD : BOX;
      return { top, height } as DOMRect;
    });
});
afterEach(() => jest.restoreAllMocks());

describe('a list of a thousand clusters', () => {
  it('has few cards in the page, each with its place', () => {
    show(clusters(1000));
    const list = screen.getByRole('list', { name: /Planetary hub/ });
    const items = within(list).getAllByRole('listitem');
    expect(items.length).toBeLessThan(20);
    expect(places()).toEqual(items.map((_, index) => index + 1));
    for (const item of items) {
      expect(item.getAttribute('aria-setsize')).toBe('1000');
    }
  });

  it('leaves room for the cards that are not in the page', () => {
    show(clusters(1000));
    scrollTo(500 * CARD);
    const items = screen.getAllByRole('listitem');
    const list = screen.getByRole('list');
    const pixels = (text: string) => parseFloat(text) || 0;
    const rooms = items.map(item => pixels(item.style.marginBlockStart));
    const room =
      rooms.reduce((sum, each) => sum + each) +
      pixels(list.style.paddingBlockEnd);
    const missing = 1000 - items.length;
    // Cards that were never in the page are taken to be as high as those that were.
    expect(room).toBeCloseTo(missing * CARD);
    expect(places()).toContain(505);
    expect(places()).not.toContain(1);
  });

  it('goes from card to card by arrow keys, and to its ends', () => {
    show(clusters(1000));
    const press = (key: string) =>
      fireEvent.keyDown(document.activeElement!, { key });
    act(() => card('cluster-0').focus());
    press('ArrowDown');
    expect(document.activeElement).toBe(card('cluster-1'));
    press('ArrowUp');
    press('ArrowUp');
    expect(document.activeElement).toBe(card('cluster-0'));
    press('End');
    expect(document.activeElement).toBe(card('cluster-999'));
    press('Home');
    expect(document.activeElement).toBe(card('cluster-0'));
  });

  it('leaves arrow keys to what needs them itself', () => {
    show(clusters(1000));
    fireEvent.click(
      screen.getByRole('button', { name: 'Show more of cluster-0' })
    );
    const [thumb] = screen.getAllByRole('slider');
    act(() => thumb.focus());
    fireEvent.keyDown(thumb, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(thumb);
  });

  it('keeps the card with the focus in the page while others scroll by', () => {
    show(clusters(1000));
    const button = screen.getByRole('button', {
      name: 'Actions for cluster-2'
    });
    act(() => button.focus());
    scrollTo(500 * CARD);
    expect(document.activeElement).toBe(button);
    expect(places()[0]).toBe(3);
    act(() => button.blur());
    expect(places()).not.toContain(3);
  });

  it('remembers which cards were unfolded', () => {
    show(clusters(1000));
    fireEvent.click(
      screen.getByRole('button', { name: 'Show more of cluster-1' })
    );
    scrollTo(500 * CARD);
    expect(screen.queryByRole('article', { name: 'cluster-1' })).toBeNull();
    scrollTo(0);
    expect(
      screen.getByRole('button', { name: 'Show less of cluster-1' })
    ).toBeTruthy();
  });

  it('keeps the cards in sight where they are when a new one comes above them', () => {
    const { update } = show(clusters(1000));
    scrollTo(500 * CARD);
    const before = scroller().scrollTop;
    update([clusterWith({ id: 'new', label: 'new' }), ...clusters(1000)]);
    expect(scroller().scrollTop - before).toBeGreaterThan(CARD / 2);
    scrollTo(0);
    expect(card('new')).toBeTruthy();
  });

  it('touches one card for a change of one cluster', () => {
    const all = clusters(1000);
    const { container, update } = show(all);
    const touched = new MutationObserver(() => undefined);
    touched.observe(container, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true
    });
    const { workers } = all[1];
    update(
      all.map((cluster, index) =>
        index === 1
          ? { ...cluster, workers: { ...workers, ready: 7 } }
          : cluster
      )
    );
    const changed = touched
      .takeRecords()
      .map(({ target }) => target.parentElement?.closest('article'));
    expect(new Set(changed)).toEqual(new Set([card('cluster-1')]));
  });

  it('is accessible', async () => {
    const { container } = show(clusters(1000));
    scrollTo(500 * CARD);
    expect(await axe(container)).toHaveNoViolations();
  });
});

it('a short list is in the page as a whole', () => {
  show(clusters(20));
  expect(places()).toHaveLength(20);
  expect(screen.getByRole('list').style.paddingBlockEnd).toBe('');
});

it('all clocks of a list share one timer', () => {
  jest.useFakeTimers();
  try {
    const created = new Date(Date.now() - 21_000).toISOString();
    show(clusters(20, { state: 'pending', created }));
    expect(jest.getTimerCount()).toBe(1);
    act(() => void jest.advanceTimersByTime(2000));
    expect(screen.getAllByText('starting 0:23')).toHaveLength(20);
  } finally {
    jest.useRealTimers();
  }
});
