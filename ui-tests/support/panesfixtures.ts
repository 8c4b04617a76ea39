import { test as base } from './fixtures';
import { Lab, withExtension } from './lab';

/** What only the tests with dask-labextension have at hand. */
interface IPanesFixtures {
  /** Where their pages come from: with both halves of dask-labextension, which all other tests are without. */
  lab: Lab;
}

export const test = base.extend<object, IPanesFixtures>({
  lab: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      const lab = await Lab.start('dask-panes', {
        environment: withExtension('dask-labextension')
      });
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker', timeout: 300_000 }
  ],
  baseURL: async ({ lab }, use) => use(lab.url)
});

export { expect } from './fixtures';
