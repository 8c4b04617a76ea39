import type { Page } from '@playwright/test';
import { test as base } from './fixtures';
import { Lab, withExtension } from './lab';

/** What only the tests with jupyter-collaboration have at hand. */
interface ICollaborationFixtures {
  /** The page of somebody else, with nothing open. */
  theirs: Page;
}

/** What they share. */
interface ICollaborationWorker {
  /** Where all pages come from. */
  lab: Lab;
}

export const test = base.extend<ICollaborationFixtures, ICollaborationWorker>({
  lab: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      const lab = await Lab.start('together', {
        environment: withExtension('jupyter-collaboration')
      });
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker', timeout: 300_000 }
  ],
  baseURL: async ({ lab }, use) => use(lab.url),
  theirs: async ({ browser, baseURL }, use) => {
    // With a browser's memory of its own: that is what makes it somebody else.
    const context = await browser.newContext({ baseURL });
    await use(await context.newPage());
    await context.close();
  }
});

export { expect } from './fixtures';
