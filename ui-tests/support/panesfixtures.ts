import path from 'node:path';
import { test as base } from './fixtures';
import { Lab, ROOT } from './lab';

/** Where `make browser` puts dask-labextension. A JupyterLab that is not told of this directory knows nothing of it. */
const EXTENSION = path.join(ROOT, '.make', 'dask-labextension');

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
        environment: {
          JUPYTER_CONFIG_PATH: path.join(EXTENSION, 'etc', 'jupyter'),
          JUPYTER_PATH: path.join(EXTENSION, 'share', 'jupyter'),
          PYTHONPATH: EXTENSION
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
