// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import { clocks, type Precision } from './clock';
import { usePanel } from './context';

/**
 * The time in milliseconds since the epoch.
 *
 * The component is rendered anew as the time moves on, while the panel is in sight.
 */
export function useNow(every: Precision): number {
  const { visible } = usePanel();
  const [, render] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(
    () => (visible ? clocks[every].follow(render) : undefined),
    [visible, every]
  );
  return Date.now();
}
