import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect, type Locator, type Page } from '@playwright/test';

/** The notebook in front, as it looks. */
export class ShownNotebook {
  constructor(page: Page | IJupyterLabPageFixture) {
    this.root = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');
  }

  readonly root: Locator;

  get cells(): Locator {
    return this.root.locator('.jp-Cell');
  }

  /** The cells with the code that connects to a cluster. */
  get connections(): Locator {
    return this.cells.filter({ hasText: 'client = cluster.get_client()' });
  }

  async waitForKernel(): Promise<void> {
    await this.root
      .locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
      .waitFor({ timeout: 90_000 });
  }

  async expectOutput(index: number, output: string | RegExp): Promise<void> {
    await expect(
      this.cells.nth(index).locator('.jp-Cell-outputArea')
    ).toContainText(output, { timeout: 90_000 });
  }
}

/** The notebook in front, used with galata's help. */
export class Notebook extends ShownNotebook {
  constructor(private readonly _page: IJupyterLabPageFixture) {
    super(_page);
  }

  /** Open a new one, and wait for its kernel. */
  async create(): Promise<void> {
    await this._page.notebook.createNew();
    await this.waitForKernel();
    await expect(this.cells).toHaveCount(1);
  }

  /** Write into a cell at the end. */
  async append(code: string): Promise<void> {
    await this._page.notebook.addCell('code', code);
  }

  /** Run a cell, and expect its output. */
  async run(index: number, output: string | RegExp): Promise<void> {
    await this._page.notebook.runCell(index, true);
    await this.expectOutput(index, output);
  }
}
