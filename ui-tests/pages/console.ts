import { expect, type Locator } from '@playwright/test';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';

/** The console in front. */
export class Console {
  constructor(private readonly _page: IJupyterLabPageFixture) {
    this.root = _page.locator('.jp-ConsolePanel:not(.lm-mod-hidden)');
  }

  readonly root: Locator;

  get prompt(): Locator {
    return this.root.locator('.jp-CodeConsole-promptCell .cm-content');
  }

  /** Open a new one, and wait for its kernel. */
  async create(): Promise<void> {
    await this._page
      .locator('.jp-LauncherCard[data-category="Console"]')
      .first()
      .click();
    await this.prompt.waitFor({ timeout: 90_000 });
  }

  async close(): Promise<void> {
    await this._page.activity.closeAll();
    await expect(this.root).toHaveCount(0);
  }
}
