// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

/** Wait, without a limit of its own, until `find` gives something. */
export async function until<T>(find: () => T | null | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** The dialog that is open, once one is, with its title drawn. */
function openDialog(): Promise<HTMLElement> {
  return until(() => {
    const dialog = document.querySelector<HTMLElement>('.jp-Dialog');
    const title = dialog?.querySelector('.jp-Dialog-header');
    return title?.textContent ? dialog : null;
  });
}

/** Press the button of that label in the dialog that is open, once one is; gives back what the dialog said. */
export async function press(label: string): Promise<string> {
  const dialog = await openDialog();
  const words = dialog.textContent ?? '';
  const buttons = [...dialog.querySelectorAll<HTMLElement>('button')];
  const button = buttons.find(each => each.textContent === label);
  if (!button) {
    throw new Error(`There is no button ${label} in: ${words}`);
  }
  button.click();
  await until(() => !dialog.isConnected);
  return words;
}

/** Fill the field of the dialog that is open, once one is. */
export async function fill(text: string): Promise<void> {
  const dialog = await openDialog();
  const field = dialog.querySelector('input')!;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Choose among the items of the dialog that is open, once one is. */
export async function choose(item: string): Promise<void> {
  const dialog = await openDialog();
  dialog.querySelector('select')!.value = item;
}
