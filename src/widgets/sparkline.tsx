// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import { usePanel } from './context';
import { rangeOf, stepPath } from './steps';
import { useNow } from './usenow';
import { HISTORY_SPAN } from './workershistory';

/** The box in which the line is drawn; style/live.css gives the size on the page. */
const WIDTH = 72;
const HEIGHT = 14;

/** Of a shorter history than this (milliseconds) there is no line, for it would be a mere tick. */
const SHORTEST = HISTORY_SPAN / 10;

/** The ready workers of the last minutes as a small line; nothing where they have not changed. */
export function Sparkline(props: { cluster: string }): JSX.Element | null {
  const { history, trans } = usePanel();
  // A change renders the card; the clock only moves the line on.
  const now = useNow('minute');
  const samples = history.samples(props.cluster);
  const span = { from: now - HISTORY_SPAN, to: now };
  const range = rangeOf(samples, span);
  if (!range || range.least === range.most || now - range.since < SHORTEST) {
    return null;
  }
  const { least, most, latest } = range;
  const label = trans.__(
    'Ready workers in the last %1 minutes: from %2 to %3, now %4',
    HISTORY_SPAN / 60_000,
    least,
    most,
    latest
  );
  return (
    <svg
      className="jp-PccomputePanel-sparkline"
      role="img"
      aria-label={label}
      viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`}
    >
      <title>{label}</title>
      <path className="jp-mod-ground" d={`M0 ${HEIGHT}H${WIDTH}`} />
      <path d={stepPath(samples, span, most, WIDTH, HEIGHT)} />
    </svg>
  );
}
