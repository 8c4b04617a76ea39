import { expect, type Locator, type Page } from '@playwright/test';

/** The thumbs and fields of a size. */
export type Bound = 'minimum' | 'maximum' | 'count';

const LABELS = {
  minimum: 'Minimum workers of',
  maximum: 'Maximum workers of',
  count: 'Workers of'
};

/** The states in which a card looks different. */
export type State = 'pending' | 'running' | 'failed' | 'stopped';

/** How long a cluster may take to start or to end on a busy machine (milliseconds). */
export const SETTLING = 90_000;

/** The card of one cluster. */
export class ClusterCard {
  constructor(
    private readonly _page: Page,
    panel: Locator,
    readonly name: string
  ) {
    this.root = panel.getByRole('article', { name, exact: true });
  }

  readonly root: Locator;

  /** The state in words, and for how long it has lasted. */
  get status(): Locator {
    return this.root.locator('.jp-PccomputePanel-status');
  }

  get cancelButton(): Locator {
    return this._button('Cancel');
  }

  get dismissButton(): Locator {
    return this._button('Dismiss');
  }

  get deleteRemainsButton(): Locator {
    return this._button('Delete what is left of');
  }

  get retryButton(): Locator {
    return this._button('Edit and retry');
  }

  get menuButton(): Locator {
    return this._button('Actions for');
  }

  get shutDownButton(): Locator {
    return this._button('Shut down');
  }

  get insertButton(): Locator {
    return this._button('Insert code that connects to');
  }

  get dashboardButton(): Locator {
    return this._button('Open the dashboard of');
  }

  /** Choose what to open of the dashboard: a plot by its title, for instance. */
  async openPlot(title: string): Promise<void> {
    await this._button('Plots of').click();
    await this._page
      .getByRole('menuitem', { name: title, exact: true })
      .click();
  }

  /** Wait until the card shows its cluster in a state. */
  async waitUntil(state: State): Promise<void> {
    await expect(this.root).toHaveClass(new RegExp(`jp-mod-${state}\\b`), {
      timeout: SETTLING
    });
  }

  async waitUntilGone(): Promise<void> {
    await expect(this.root).toHaveCount(0, { timeout: SETTLING });
  }

  /** Wait until the scheduler has so many workers. */
  async waitForWorkers(count: number): Promise<void> {
    await expect(this.root).toContainText(`${count} ready`, {
      timeout: SETTLING
    });
  }

  thumb(bound: Bound): Locator {
    const name = `${LABELS[bound]} ${this.name}`;
    return this.root.getByRole('slider', { name, exact: true });
  }

  field(bound: Bound): Locator {
    const name = `${LABELS[bound]} ${this.name}`;
    return this.root.getByRole('textbox', { name, exact: true });
  }

  /** Drag a thumb to a number of workers. */
  async drag(bound: Bound, workers: number): Promise<void> {
    const thumb = this.thumb(bound);
    const end = Number(await thumb.getAttribute('aria-valuemax'));
    const from = await center(thumb);
    const track = await this.root
      .locator('.jp-PccomputeSlider-track')
      .boundingBox();
    const x = track!.x + (track!.width * workers) / end;
    await this._page.mouse.move(from.x, from.y);
    await this._page.mouse.down();
    await this._page.mouse.move(x, from.y, { steps: 5 });
    await this._page.mouse.up();
  }

  async type(bound: Bound, workers: number): Promise<void> {
    await this.field(bound).fill(String(workers));
    await this.field(bound).press('Enter');
  }

  async switchTo(mode: 'Adaptive' | 'Fixed size'): Promise<void> {
    await this.root.getByRole('radio', { name: mode }).click();
  }

  /** Expect the size that is shown, and that the scheduler itself has told it. */
  async expectSize(size: Partial<Record<Bound, number>>): Promise<void> {
    for (const [bound, workers] of Object.entries(size)) {
      await expect(this.thumb(bound as Bound)).toHaveAttribute(
        'aria-valuenow',
        String(workers)
      );
    }
    await expect(this.root.getByText(/^(Asked for|Set here)/)).toHaveCount(0);
  }

  /** Choose an entry of the card's menu. */
  async choose(entry: string): Promise<void> {
    await this.menuButton.click();
    await this._page.getByRole('menuitem', { name: entry }).click();
  }

  private _button(verb: string): Locator {
    return this.root.getByRole('button', {
      name: `${verb} ${this.name}`,
      exact: true
    });
  }
}

/** The middle of an element, in view. */
export async function center(
  element: Locator
): Promise<{ x: number; y: number }> {
  await element.scrollIntoViewIfNeeded();
  const box = (await element.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
