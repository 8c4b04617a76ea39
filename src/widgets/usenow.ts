// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import { usePanel } from './context';

/** How often a clock of seconds, and one of minutes, moves on (milliseconds). */
const PERIODS = { second: 1000, minute: 20_000 };

/** How exactly a clock has to be read. */
export type Precision = keyof typeof PERIODS;

/**
 * The time in milliseconds since the epoch, which moves on while the panel is in sight.
 *
 * `moment` is what the time is compared with: where it changes, the clock is read anew.
 */
export function useNow(every: Precision, moment?: string): number {
  const { visible } = usePanel();
  const [now, setNow] = React.useState(() => Date.now());
  const period = PERIODS[every];

  React.useEffect(() => {
    if (!visible) {
      return;
    }
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), period);
    return () => window.clearInterval(timer);
  }, [visible, period, moment]);

  return now;
}
