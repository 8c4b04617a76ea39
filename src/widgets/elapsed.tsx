// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Precision } from './clock';
import { useNow } from './usenow';

/** Properties of `Elapsed`. */
export interface IElapsedProps {
  /** The moment to count from (ISO 8601). */
  moment: string;
  /** Count down to the moment instead. */
  down?: boolean;
  every: Precision;
  /** Gives the text for a distance in seconds, never negative. */
  format: (seconds: number) => string;
}

/**
 * A text that moves with time.
 *
 * It renders itself alone, so that a second that passes costs one text node and not the panel.
 */
export function Elapsed(props: IElapsedProps): JSX.Element {
  const now = useNow(props.every);
  const distance = (now - Date.parse(props.moment)) / 1000;
  // The server's clock may be a little ahead of this one.
  const seconds = Math.max(0, props.down ? -distance : distance);
  return <>{props.format(seconds)}</>;
}
