import { expect, type Locator, type Page } from '@playwright/test';

/** A question of JupyterLab's that is answered with a button. */
export class Confirmation {
  constructor(page: Page, title: string | RegExp) {
    this.root = page.locator('.jp-Dialog').filter({
      has: page.locator('.jp-Dialog-header').filter({ hasText: title })
    });
  }

  readonly root: Locator;

  button(label: string): Locator {
    return this.root.getByRole('button', { name: label, exact: true });
  }

  async answer(label: string): Promise<void> {
    await this.button(label).click();
    await expect(this.root).toHaveCount(0);
  }
}
