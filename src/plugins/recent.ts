// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Token } from '@lumino/coreutils';

/** What was done lately in this window, for parts that had better not ask or repeat it. */
export interface IRecent {
  /** The id of the cluster whose code was inserted, or to which a kernel was connected, last. */
  cluster: string | null;
  /** The paths of the notebooks that were made to take code: who opens them knows why. */
  readonly notebooks: Set<string>;
}

export const IRecent = new Token<IRecent>(
  'pccompute-ext:IRecent',
  'What was done lately with clusters in this window.'
);

/** Remembers what was done lately. */
export const recentPlugin: JupyterFrontEndPlugin<IRecent> = {
  id: 'pccompute-ext:recent',
  description: 'Remembers which cluster was used last.',
  autoStart: true,
  provides: IRecent,
  activate: (): IRecent => ({ cluster: null, notebooks: new Set() })
};
