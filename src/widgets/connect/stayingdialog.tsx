// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

/** Options of `openStayingDialog`. */
export interface IStayingDialogOptions<T> {
  title: string;
  /** A selector of what has the focus first. */
  focus: string;
  /** Whether it takes the room of two columns. */
  wide?: boolean;
  /** Draws everything below the title, buttons included; `close` ends the dialog. */
  render: (close: (result: T | null) => void) => JSX.Element;
}

/**
 * Open a dialog that stays open while it works: its content decides when it
 * closes, so that a failure is said where the answer was typed.
 *
 * @returns What the content closed it with; null where the person closed it.
 */
export async function openStayingDialog<T>(
  options: IStayingDialogOptions<T>
): Promise<T | null> {
  let outcome: T | null = null;
  const body = ReactWidget.create(
    <FirstFocus selector={options.focus}>
      {options.render(result => {
        outcome = result;
        dialog.reject();
      })}
    </FirstFocus>
  );
  const dialog = new StayingDialog({
    title: options.title,
    body,
    buttons: [],
    hasClose: true,
    focusNodeSelector: options.focus
  });
  if (options.wide) {
    dialog.addClass('jp-mod-wide');
  }
  await dialog.launch();
  return outcome;
}

/** Gives the focus to what is to have it first, once it is there: the base class may look before that. */
function FirstFocus(props: {
  selector: string;
  children: React.ReactNode;
}): JSX.Element {
  const { selector } = props;
  const content = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    content.current?.querySelector<HTMLElement>(selector)?.focus();
  }, [selector]);
  return (
    <div ref={content} className="jp-PccomputeConnect-steps">
      {props.children}
    </div>
  );
}

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]';

/** A dialog without buttons of its own: those of its body get the keys that the base class takes for its own. */
class StayingDialog extends Dialog<unknown> {
  constructor(options: Partial<Dialog.IOptions<unknown>>) {
    super(options);
    this.addClass('jp-PccomputeConnect');
  }

  override handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') {
      if (event.key === 'Tab') {
        this._turn(event);
      }
      return;
    }
    super.handleEvent(event);
  }

  /** Keep the focus within the dialog: after the last comes the first. */
  private _turn(event: KeyboardEvent): void {
    const nodes = [...this.node.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const [end, start] = event.shiftKey
      ? [nodes.at(0), nodes.at(-1)]
      : [nodes.at(-1), nodes.at(0)];
    if (end && end === document.activeElement) {
      event.preventDefault();
      start?.focus();
    }
  }
}
