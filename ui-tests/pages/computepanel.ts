import type { Locator, Page } from '@playwright/test';
import { ClusterCard } from './clustercard';
import { NewClusterDialog } from './newclusterdialog';

/** The compute panel in the sidebar. */
export class ComputePanel {
  constructor(private readonly _page: Page) {
    this.root = _page.locator('#pccompute-panel');
  }

  readonly root: Locator;

  get cards(): Locator {
    return this.root.getByRole('article');
  }

  get tab(): Locator {
    return this._page.getByRole('tab', { name: 'Compute: Dask clusters' });
  }

  /** What is said where there is no cluster. */
  get emptyState(): Locator {
    return this.root.getByText('No clusters yet');
  }

  get newClusterButton(): Locator {
    return this.root.getByRole('button', { name: 'New cluster', exact: true });
  }

  /** Bring the panel to the front by its tab, and wait until it has asked the server. */
  async open(): Promise<void> {
    if (!(await this.root.isVisible())) {
      await this.tab.click();
    }
    await this.root
      .getByRole('heading', { name: 'This machine', exact: true })
      .waitFor();
  }

  /** The section of the backend with this label. */
  section(label: string): Locator {
    return this.root.getByRole('region', { name: label, exact: true });
  }

  /** The card of the cluster with this name. */
  card(name: string): ClusterCard {
    return new ClusterCard(this._page, this.root, name);
  }

  async newCluster(): Promise<NewClusterDialog> {
    await this.newClusterButton.click();
    return this.dialog();
  }

  /** The dialog for a new cluster, as it is. */
  openDialog(): NewClusterDialog {
    return new NewClusterDialog(this._page);
  }

  /** The dialog for a new cluster, once it can be filled in. */
  async dialog(): Promise<NewClusterDialog> {
    const dialog = this.openDialog();
    await dialog.waitUntilReady();
    return dialog;
  }

  /** Choose an entry of the menu of the backend with this label. */
  async chooseOf(label: string, entry: string): Promise<void> {
    await this.section(label)
      .getByRole('button', { name: `Actions for ${label}`, exact: true })
      .click();
    await this._page.getByRole('menuitem', { name: entry }).click();
  }

  /** Choose an entry of the panel's own menu. */
  async choose(entry: string): Promise<void> {
    await this.root.getByRole('button', { name: 'More actions' }).click();
    await this._page.getByRole('menuitem', { name: entry }).click();
  }
}
