// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** Properties of `DialogButton`. */
export interface IDialogButtonProps {
  look: 'accept' | 'reject' | 'warn';
  children: React.ReactNode;
  /** Without it, the button sends its form. */
  onClick?: () => void;
  /** It keeps the focus while it can't be pressed, so that the keyboard is not lost. */
  busy?: boolean;
  className?: string;
}

/** A button that looks like those of JupyterLab's dialogs. */
export function DialogButton(props: IDialogButtonProps): JSX.Element {
  return (
    <button
      type={props.onClick ? 'button' : 'submit'}
      className={`jp-Dialog-button jp-mod-${props.look} jp-mod-styled ${props.className ?? ''}`.trim()}
      aria-disabled={props.busy || undefined}
      onClick={event => {
        if (props.busy) {
          event.preventDefault();
        } else {
          props.onClick?.();
        }
      }}
    >
      {props.children}
    </button>
  );
}

/** The buttons below a dialog's content: what is apart at the start, the way on at the end. */
export function DialogButtons(props: {
  apart?: React.ReactNode;
  children: React.ReactNode;
}): JSX.Element {
  return (
    <div className="jp-PccomputeConnect-buttons">
      <div className="jp-PccomputeConnect-apart">{props.apart}</div>
      {props.children}
    </div>
  );
}
