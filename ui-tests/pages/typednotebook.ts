import { expect, type Page } from '@playwright/test';
import { ShownNotebook } from './notebook';

/** The notebook in front, used by pointer and keys alone: in a JupyterLab as people have it, galata can't help. */
export class TypedNotebook extends ShownNotebook {
  constructor(private readonly _page: Page) {
    super(_page);
  }

  /** Open a new one from the launcher, and wait for its kernel. */
  async create(): Promise<void> {
    await this._page
      .locator('.jp-LauncherCard[data-category="Notebook"]')
      .first()
      .click();
    await this.waitForKernel();
    await expect(this.cells).toHaveCount(1);
  }

  /** Write into a cell at the end. */
  async append(code: string): Promise<void> {
    const before = await this.cells.count();
    await this._select(before - 1);
    await this._page.keyboard.press('b');
    await expect(this.cells).toHaveCount(before + 1);
    await this.cells.nth(before).locator('.cm-content').fill(code);
  }

  /** Run a cell, and expect its output. */
  async run(index: number, output: string | RegExp): Promise<void> {
    await this._select(index);
    await this._page.keyboard.press('Control+Enter');
    await this.expectOutput(index, output);
  }

  /** Select a cell as a whole, so that keys are commands. */
  private async _select(index: number): Promise<void> {
    const cell = this.cells.nth(index);
    await cell.locator('.jp-InputPrompt').click();
    await expect(cell).toHaveClass(/jp-mod-selected/);
  }
}
