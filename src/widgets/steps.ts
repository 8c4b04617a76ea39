// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IWorkersSample } from './workershistory';

/** A stretch of time, in milliseconds since the epoch. */
export interface ISpan {
  from: number;
  to: number;
}

/** What a history comes to within a span. */
export interface IWorkersRange {
  least: number;
  most: number;
  latest: number;
  /** The moment from which on something is known. */
  since: number;
}

/** Fewest, most and latest workers within the span; null where nothing of it is known. */
export function rangeOf(
  samples: readonly IWorkersSample[],
  span: ISpan
): IWorkersRange | null {
  const known = within(samples, span).flatMap(({ time, ready }) =>
    ready === null ? [] : { time, ready }
  );
  const counts = known.map(({ ready }) => ready);
  return known.length === 0
    ? null
    : {
        least: Math.min(...counts),
        most: Math.max(...counts),
        latest: counts[counts.length - 1],
        since: known[0].time
      };
}

/**
 * The history as an SVG path of steps in a box of `width` by `height`, whose bottom is no worker and whose top is `most`.
 * Where nothing is known there is no line.
 */
export function stepPath(
  samples: readonly IWorkersSample[],
  span: ISpan,
  most: number,
  width: number,
  height: number
): string {
  const x = (time: number): string =>
    coordinate(((time - span.from) / (span.to - span.from)) * width);
  const y = (ready: number): string =>
    coordinate(height - (ready / Math.max(1, most)) * height);
  const shown = within(samples, span);
  return shown
    .map(({ time, ready }, index) => {
      if (ready === null) {
        return '';
      }
      const before = shown[index - 1]?.ready ?? null;
      const start =
        before === null ? `M${x(time)} ${y(ready)}` : `V${y(ready)}`;
      return `${start}H${x(shown[index + 1]?.time ?? span.to)}`;
    })
    .join('');
}

/** The samples that tell of the span, the first of them at its start at the earliest. */
function within(
  samples: readonly IWorkersSample[],
  { from, to }: ISpan
): IWorkersSample[] {
  return samples
    .filter(
      ({ time }, index) =>
        time <= to && (samples[index + 1]?.time ?? Infinity) > from
    )
    .map(({ time, ready }) => ({ time: Math.max(time, from), ready }));
}

function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}
