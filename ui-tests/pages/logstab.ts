import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

/** The tab with a cluster's logs. */
export class LogsTab {
  constructor(
    private readonly _page: Page,
    cluster: string
  ) {
    this.root = _page.locator('.jp-PccomputeLogs');
    this.log = this.root.getByRole('log', { name: `Logs of ${cluster}` });
  }

  readonly root: Locator;
  /** The lines that are shown. */
  readonly log: Locator;

  /** Whose log. */
  get source(): Locator {
    return this.root.getByLabel('Log of');
  }

  get search(): Locator {
    return this.root.getByRole('searchbox', { name: 'Search' });
  }

  /** Expect so many lines with the text that is searched for. */
  async expectFound(count: number): Promise<void> {
    const words = count === 1 ? '1 line' : `${count} lines`;
    await expect(this.root.getByRole('status')).toHaveText(words);
    await expect(this.log.locator('.jp-PccomputeLogs-line')).toHaveCount(count);
  }

  /** Save the log as a file, and return its name and text. */
  async download(): Promise<{ name: string; text: string }> {
    const started = this._page.waitForEvent('download');
    await this.root.getByRole('button', { name: 'Download' }).click();
    const download = await started;
    return {
      name: download.suggestedFilename(),
      text: await readFile(await download.path(), 'utf8')
    };
  }
}
