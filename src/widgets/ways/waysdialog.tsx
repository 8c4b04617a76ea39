// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Snippet } from '../../_schema';
import React from 'react';
import { openStayingDialog } from '../connect/stayingdialog';
import { type IWaysViewProps, WaysView } from './waysview';

/** Options of `openWaysDialog`. */
export type IWaysDialogOptions = Omit<IWaysViewProps, 'onInsert'> & {
  /** What the ways lead to. */
  name: string;
};

/**
 * Show the ways to a cluster.
 *
 * @returns The one that is to be inserted; null where the person closed the dialog.
 */
export function openWaysDialog(
  options: IWaysDialogOptions
): Promise<Snippet | null> {
  const { name, ...view } = options;
  return openStayingDialog<Snippet>({
    title: view.trans.__('Ways to connect to %1', name),
    focus: '.jp-PccomputeWays-tab[aria-selected="true"]',
    wide: true,
    render: close => <WaysView {...view} onInsert={close} />
  });
}
