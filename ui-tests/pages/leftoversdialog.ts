import { expect, type Locator, type Page } from '@playwright/test';
import { StayingDialog } from './connectdialogs';

/** Lists what clusters have left behind. */
export class LeftoversDialog extends StayingDialog {
  constructor(page: Page) {
    super(page, 'Leftovers of clusters');
  }

  /** What is left of one cluster. */
  group(id: string): Locator {
    return this.root.getByRole('region', {
      name: `Cluster ${id}`,
      exact: true
    });
  }

  /** What was found, in a sentence; the first search may take a while. */
  async expectFound(words: string): Promise<void> {
    await expect(this.root.getByRole('status').last()).toContainText(words, {
      timeout: 90_000
    });
  }

  /** Delete what is left of one, and say again that it is meant. */
  async delete(id: string): Promise<void> {
    await this.button(`Delete what is left of ${id}…`).click();
    await this.button(`Delete all of ${id}`).click();
    await expect(this.group(id)).toHaveCount(0, { timeout: 90_000 });
  }
}
