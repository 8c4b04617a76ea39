import { expect, type Locator, type Page } from '@playwright/test';

/** A dialog that stays open while it works, with its own buttons. */
export class StayingDialog {
  constructor(page: Page, title: string | RegExp) {
    this.root = page.locator('.jp-PccomputeConnect.jp-Dialog').filter({
      has: page.locator('.jp-Dialog-header').filter({ hasText: title })
    });
  }

  readonly root: Locator;

  /** What went wrong with what was sent. */
  get refusal(): Locator {
    return this.root.getByRole('alert');
  }

  field(label: string | RegExp): Locator {
    return this.root.getByLabel(label);
  }

  button(label: string): Locator {
    return this.root.getByRole('button', { name: label, exact: true });
  }

  async close(): Promise<void> {
    await this.root.press('Escape');
    await expect(this.root).toHaveCount(0);
  }
}

/** Asks how a gateway is reached: first for its hub, then for the addresses that were worked out from that. */
export class ConnectDialog extends StayingDialog {
  constructor(page: Page) {
    super(page, 'Connect to a gateway');
  }

  get tokenPageLink(): Locator {
    return this.root.getByRole('link', { name: 'Make a token' });
  }

  /** Have the addresses worked out from that of a hub. */
  async enterHub(url: string): Promise<void> {
    await this.field('Address of the hub').fill(url);
    await this.button('Continue').click();
    await expect(this.field(/^Name/)).toBeFocused();
  }

  async connect(): Promise<void> {
    await this.button('Connect').click();
    await expect(this.root).toHaveCount(0);
  }
}

/** Asks for a credential, and says what was verified of it. */
export class SignInDialog extends StayingDialog {
  constructor(page: Page) {
    super(page, 'Sign in to');
  }

  /** Paste a token and have it verified. */
  async enter(token: string): Promise<void> {
    await this.field(/^Token$/).fill(token);
    await this.button('Sign in').click();
  }

  /** Paste a good one, and expect to be told whose it is. */
  async signIn(token: string, user: string): Promise<void> {
    await this.enter(token);
    await expect(this.root.getByText(user, { exact: true })).toBeVisible();
    await this.button('Done').click();
    await expect(this.root).toHaveCount(0);
  }
}

/** Checks a connection, and shows what is found. */
export class CheckDialog extends StayingDialog {
  constructor(page: Page) {
    super(page, 'Check connection');
  }

  /** The step with this title. */
  step(title: string): Locator {
    return this.root.getByRole('listitem').filter({ hasText: title });
  }

  /** Wait for the result in one sentence. */
  async waitForResult(): Promise<void> {
    await expect(this.root.getByRole('status')).toHaveText(
      /^(The connection works|Nothing is wrong|\d+ steps? failed)/,
      { timeout: 120_000 }
    );
  }
}
