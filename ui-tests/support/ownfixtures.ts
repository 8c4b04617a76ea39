import { test as base } from './fixtures';
import { Lab } from './lab';
import { Supervisors } from './supervisors';

/** What only the tests with clusters of an operator's own classes have at hand. */
interface IOwnFixtures {
  /** Where their pages come from. */
  lab: Lab;
}

export const test = base.extend<{ supervisors: Supervisors }, IOwnFixtures>({
  lab: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      const lab = await Lab.start('own', {
        config: 'jupyter_server_own_config.py'
      });
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker', timeout: 300_000 }
  ],
  baseURL: async ({ lab }, use) => use(lab.url),
  supervisors: async ({ lab }, use) => use(new Supervisors(lab.data))
});

export { expect } from './fixtures';
