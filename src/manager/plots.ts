// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IDashboardPlot } from '../tokens';

/** What Dask puts before each title in the list. */
const PREFIX = /^Individual\s+/;

/** Dask's list of individual plots (paths by title) in the order of their titles. */
export function plotsOf(listed: { [title: string]: string }): IDashboardPlot[] {
  return Object.entries(listed)
    .map(([title, path]) => ({
      title: title.replace(PREFIX, ''),
      path: path.replace(/^\/+/, '')
    }))
    .sort((a, b) => a.title.localeCompare(b.title));
}
