import { test as base } from './fixtures';
import { LabWithPanes } from './labwithpanes';

/** What only the tests with dask-labextension have at hand. */
interface IPanesFixtures {
  /** Where their pages come from. */
  lab: LabWithPanes;
}

export const test = base.extend<object, IPanesFixtures>({
  lab: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      const lab = await LabWithPanes.start();
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker', timeout: 300_000 }
  ],
  baseURL: async ({ lab }, use) => use(lab.url)
});

export { expect } from './fixtures';
