// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import { openStayingDialog } from '../connect/stayingdialog';
import { type ILeftoversViewProps, LeftoversView } from './leftoversview';

/** Options of `openLeftoversDialog`. */
export type ILeftoversDialogOptions = Omit<ILeftoversViewProps, 'onClose'>;

/** Look for what clusters have left behind, and offer to delete it. Resolves when the dialog is closed. */
export async function openLeftoversDialog(
  options: ILeftoversDialogOptions
): Promise<void> {
  await openStayingDialog<never>({
    title: options.trans.__('Leftovers of clusters'),
    focus: '.jp-PccomputeLeftovers',
    render: close => <LeftoversView {...options} onClose={() => close(null)} />
  });
}
