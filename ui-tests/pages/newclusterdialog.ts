import { expect, type Locator, type Page } from '@playwright/test';

/** The dialog that asks for everything that a new cluster needs. */
export class NewClusterDialog {
  constructor(page: Page) {
    this.root = page.locator('.jp-PccomputeNewCluster.jp-Dialog');
  }

  readonly root: Locator;

  get name(): Locator {
    return this.root.getByRole('textbox', { name: 'Name optional' });
  }

  get where(): Locator {
    return this.root.getByLabel('Where');
  }

  get cancelButton(): Locator {
    return this.root.getByRole('button', { name: 'Cancel' });
  }

  get createButton(): Locator {
    return this.root.getByRole('button', { name: 'Create' });
  }

  /** The backend's words where it has refused. */
  get refusal(): Locator {
    return this.root.getByRole('alert');
  }

  /** The field of one of the backend's options. */
  option(label: string | RegExp): Locator {
    return this.root.getByLabel(label);
  }

  thumb(bound: 'Minimum' | 'Maximum'): Locator {
    return this.root.getByRole('slider', { name: `${bound} workers of` });
  }

  field(bound: 'Minimum' | 'Maximum'): Locator {
    return this.root.getByRole('textbox', { name: `${bound} workers of` });
  }

  /** Wait until the backend has told its options and the keyboard is in the dialog. */
  async waitUntilReady(): Promise<void> {
    await expect(this.createButton).toBeEnabled();
    await expect(this.name).toBeFocused();
  }

  /** Set the bounds that the cluster starts with. */
  async adapt(minimum: number, maximum: number): Promise<void> {
    await this.field('Minimum').fill(String(minimum));
    await this.field('Maximum').fill(String(maximum));
  }

  async create(): Promise<void> {
    await this.createButton.click();
    await expect(this.root).toHaveCount(0);
  }
}
