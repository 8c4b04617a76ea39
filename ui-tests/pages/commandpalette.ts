import { expect, type Locator, type Page } from '@playwright/test';

/** JupyterLab's command palette. */
export class CommandPalette {
  constructor(private readonly _page: Page) {}

  /** Open it, find a command by its whole label, and run it; all by keyboard. */
  async run(label: string): Promise<void> {
    // Keys are lost while JupyterLab still moves the focus.
    await expect(async () => {
      await this._page.keyboard.press('Control+Shift+c');
      await expect(this._search).toBeFocused({ timeout: 3_000 });
    }).toPass();
    await this._search.fill(label);
    const found = this._page.locator('.lm-CommandPalette-item.lm-mod-active');
    await expect(found).toContainText(label);
    await this._page.keyboard.press('Enter');
    await expect(this._search).toBeHidden();
  }

  private get _search(): Locator {
    return this._page.locator('.lm-CommandPalette-input');
  }
}
