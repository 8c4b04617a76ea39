// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { IClusterManager } from '../tokens';

/** Render the component again whenever something of the manager has changed. */
export function useManager(manager: IClusterManager): void {
  const [, render] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    const signals = [
      manager.clustersChanged,
      manager.backendsChanged,
      manager.connectionChanged
    ];
    signals.forEach(signal => signal.connect(render));
    // Something may have changed between the first rendering and now.
    render();
    return () => signals.forEach(signal => signal.disconnect(render));
  }, [manager]);
}
