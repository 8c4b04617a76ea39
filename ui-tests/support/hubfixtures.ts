import { Hub } from './hub';
import { test as base } from './fixtures';

/** What only the tests with a hub have at hand. */
interface IHubFixtures {
  /** Started for the first test that wants it; these tests run one after another, in a worker of their own. */
  hub: Hub;
}

export const test = base.extend<object, IHubFixtures>({
  hub: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      const hub = await Hub.start();
      await use(hub);
      await hub.stop();
    },
    { scope: 'worker', timeout: 180_000 }
  ]
});

export { expect } from './fixtures';
