// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Clipboard } from '@jupyterlab/apputils';
import React from 'react';
import { CheckView, type ICheckViewProps } from './checkview';
import { openStayingDialog } from './stayingdialog';

/** Options of `openCheckDialog`. */
export type ICheckDialogOptions = Omit<ICheckViewProps, 'onCopy' | 'onEdit'>;

/**
 * Check the connection to a backend and show what is found.
 *
 * @returns Whether the person wants to edit the gateway now.
 */
export async function openCheckDialog(
  options: ICheckDialogOptions
): Promise<boolean> {
  const edit = await openStayingDialog<boolean>({
    title: options.trans.__('Check connection'),
    focus: '.jp-PccomputeCheck',
    render: close => (
      <CheckView
        {...options}
        onCopy={text => Clipboard.copyToSystem(text)}
        onEdit={options.backend.editable ? () => close(true) : undefined}
      />
    )
  });
  return edit ?? false;
}
