import type { Locator, Page } from '@playwright/test';

/** The dialog with the ways to a cluster. */
export class WaysDialog {
  constructor(page: Page) {
    this.root = page.locator('.jp-PccomputeConnect.jp-Dialog');
  }

  readonly root: Locator;

  get ways(): Locator {
    return this.root.getByRole('tab');
  }

  get code(): Locator {
    return this.root.getByRole('region', { name: /^Code/ });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }
}
