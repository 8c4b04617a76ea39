import { expect, type Locator, type Page } from '@playwright/test';

/** The sidebar of dask-labextension, and the panes that it opens. */
export class DaskPanes {
  constructor(private readonly _page: Page) {
    this.root = _page.locator('#dask-dashboard-launcher');
  }

  readonly root: Locator;

  /** Where it believes the dashboard to be. */
  get url(): Locator {
    return this.root.getByPlaceholder('DASK DASHBOARD URL');
  }

  /** The button that opens a plot. */
  button(plot: string): Locator {
    return this.root.getByRole('button', { name: plot, exact: true });
  }

  /** Bring the sidebar to the front by its tab. */
  async open(): Promise<void> {
    await this._page.locator('[data-id="dask-dashboard-launcher"]').click();
    await expect(this.root).toBeVisible();
  }

  /** Wait until a pane has drawn its plot, which is named by its path in the dashboard. */
  async waitUntilDrawn(path: string): Promise<void> {
    const frame = this._page.frameLocator(
      `.dask-DaskDashboard-widget iframe[src$="/${path}"]`
    );
    await expect(
      frame.locator('canvas').filter({ visible: true }).first()
    ).toBeVisible({ timeout: 90_000 });
  }
}
