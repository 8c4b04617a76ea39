import { Azure } from './azure';
import { test as base } from './fixtures';
import { Lab } from './lab';

/** What only the tests with an Azure subscription have at hand. */
interface IAzureFixtures {
  azure: Azure;
  /** Where their pages come from. */
  lab: Lab;
}

export const test = base.extend<object, IAzureFixtures>({
  azure: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the pattern
    async ({}, use) => {
      const azure = await Azure.start();
      await use(azure);
      await azure.stop();
    },
    { scope: 'worker', timeout: 180_000 }
  ],
  lab: [
    async ({ azure }, use) => {
      const lab = await Lab.start('azure', {
        config: 'jupyter_server_azure_config.py',
        environment: {
          ...azure.environment,
          PCCOMPUTE_UI_AZURE: JSON.stringify(azure.arguments)
        }
      });
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker', timeout: 300_000 }
  ],
  baseURL: async ({ lab }, use) => use(lab.url)
});

export { expect } from './fixtures';
