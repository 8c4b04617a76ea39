import {
  expect,
  type FrameLocator,
  type Locator,
  type Page
} from '@playwright/test';

/** A tab with a cluster's dashboard, or with a single plot of it. */
export class DashboardTab {
  constructor(
    private readonly _page: Page,
    readonly title: string
  ) {
    this.frame = _page.frameLocator(`iframe[title="${title}"]`);
  }

  readonly frame: FrameLocator;

  get tab(): Locator {
    return this._page.getByRole('tab', { name: this.title, exact: true });
  }

  /** Wait until the page has drawn something, for which Bokeh needs its scripts and its websocket. */
  async waitUntilDrawn(): Promise<void> {
    await expect(this.tab).toBeVisible();
    await expect(
      this.frame.locator('canvas').filter({ visible: true }).first()
    ).toBeVisible({ timeout: 90_000 });
  }

  /** The origin of the page: `null` where it has none in common with any other. */
  async origin(): Promise<string> {
    return this.frame.locator('body').evaluate(() => window.origin);
  }
}
