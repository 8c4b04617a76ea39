import { test as base } from '@jupyterlab/galata';
import { ComputePanel } from '../pages/computepanel';
import { ComputeServer } from './computeserver';
import { Gateway } from './gateway';
import { makeGalataPatient } from './patience';

makeGalataPatient();

/** What the tests of this extension have at hand, beside galata's own fixtures. */
interface IFixtures {
  /** The panel, not opened yet. */
  panel: ComputePanel;
  server: ComputeServer;
  gateway: Gateway;
  /** Every test finds no cluster, and leaves none behind. */
  noClusters: void;
}

export const test = base.extend<IFixtures>({
  panel: async ({ page }, use) => use(new ComputePanel(page)),
  server: async ({ request }, use) => use(new ComputeServer(request)),
  gateway: async ({ request }, use) => use(new Gateway(request)),
  noClusters: [
    async ({ server }, use) => {
      // Another server on the same gateway may have had one, which this one saw.
      await server.clear();
      await use();
      await server.clear();
    },
    { auto: true, timeout: 120_000 }
  ]
});

export { expect } from '@jupyterlab/galata';
