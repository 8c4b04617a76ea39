// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog } from '@jupyterlab/apputils';
import { configure, fireEvent, screen } from '@testing-library/react';

// A dialog renders itself, outside of what the testing library wraps into act().
const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
// A dialog without its style sheet counts as hidden.
configure({ defaultHidden: true, asyncUtilTimeout: 30_000 });
beforeAll(() => {
  environment.IS_REACT_ACT_ENVIRONMENT = false;
});
afterEach(() => Dialog.flush());

/** What a dialog was closed with: undefined while it is open. */
export class Outcome<T> {
  constructor(opened: Promise<T>) {
    opened.then(
      value => {
        this.value = value;
      },
      // A dialog that a test leaves open is disposed of.
      () => undefined
    );
  }
  value: T | undefined = undefined;
}

/** The button with that text; JupyterLab's own button that closes a dialog has none. */
export const button = (name: string): HTMLButtonElement =>
  screen.getByText<HTMLButtonElement>(name, { selector: 'button' });
export const press = (name: string): boolean => fireEvent.click(button(name));
export const field = (label: RegExp | string): HTMLInputElement =>
  screen.getByLabelText<HTMLInputElement>(label, { selector: 'input' });
export const type = (label: RegExp | string, text: string): boolean =>
  fireEvent.change(field(label), { target: { value: text } });
