import type { Locator, Page } from '@playwright/test';

/** The tab that lists a cluster's workers. */
export class WorkersTab {
  constructor(page: Page, cluster: string) {
    const name = `Workers of ${cluster}`;
    this.tab = page.getByRole('tab', { name, exact: true });
    this.root = page.locator('.jp-PccomputeWorkers');
    this.table = this.root.getByRole('table', { name, exact: true });
    this.rows = this.table
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
  }

  readonly tab: Locator;
  readonly root: Locator;
  readonly table: Locator;
  /** One for each worker. */
  readonly rows: Locator;

  /** What stands under a heading in the first row. */
  async valueOf(heading: string): Promise<string> {
    const headings = await this.table.getByRole('columnheader').allInnerTexts();
    const column = headings.findIndex(text => text.trim() === heading);
    return this.rows.first().getByRole('cell').nth(column).innerText();
  }
}
