import { Notebook } from '../pages/notebook';
import { WaysDialog } from '../pages/waysdialog';
import { expect, test } from '../support/fixtures';
import { BROKEN_IMAGE, STUCK_IMAGE } from '../support/gateway';
import {
  inBothThemes,
  pagePicture,
  panelPicture,
  picture,
  showAddress
} from './pictures';

/** Widths of the sidebar in pixels. */
const NARROW = 240;
const USUAL = 320;
const WIDE = 480;

const STARTING = {
  label: 'ndvi-test',
  options: { image: STUCK_IMAGE },
  scaling: { mode: 'adaptive', minimum: 1, maximum: 8 }
};

test.beforeEach(async ({ page, panel }) => {
  await showAddress(page);
  await page.reload();
  await panel.open();
  await expect(panel.root).toContainText('hub.example.org');
  await page.sidebar.setWidth(USUAL);
});

test('panel and dialog', async ({ page, panel, server }) => {
  const take = (name: string) =>
    inBothThemes(page, theme => panelPicture(panel.root, `${name}-${theme}`));
  const starting = panel.card('ndvi-test');
  const failed = panel.card('gpu-train');
  const running = panel.card('landsat-mosaic');

  await expect(panel.emptyState).toBeVisible();
  await take('panel-empty');

  await server.create(STARTING);
  await starting.waitUntil('pending');
  await take('panel-pending');
  await starting.cancelButton.click();
  await starting.waitUntilGone();

  await server.create({ label: 'gpu-train', options: { image: BROKEN_IMAGE } });
  await failed.waitUntil('failed');
  await take('panel-failed');
  await failed.dismissButton.click();

  await server.createRunning({
    label: 'landsat-mosaic',
    scaling: { mode: 'adaptive', minimum: 1, maximum: 50 }
  });
  await running.waitForWorkers(1);
  await expect(running.root).toContainText('would exceed');
  await take('panel-running');

  await server.create({ label: 'gpu-train', options: { image: BROKEN_IMAGE } });
  await failed.waitUntil('failed');
  await server.create(STARTING);
  await starting.waitUntil('pending');
  await take('panel-several');
  await page.sidebar.setWidth(NARROW);
  await panelPicture(panel.root, 'panel-narrow');
  await page.sidebar.setWidth(WIDE);
  await panelPicture(panel.root, 'panel-wide');

  await inBothThemes(page, async theme => {
    const dialog = await panel.newCluster();
    await dialog.option('Worker cores').fill('4');
    await dialog.option('Worker memory').fill('96');
    await dialog.name.fill('landsat-mosaic');
    await picture(dialog.root.locator('.jp-Dialog-content'), `dialog-${theme}`);
    await dialog.cancelButton.click();
    await expect(dialog.root).toHaveCount(0);
  });
});

test('the ways to a cluster', async ({ page, panel, server }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await server.createRunning({
    label: 'landsat-mosaic',
    options: { worker_memory: 2 },
    scaling: { mode: 'adaptive', minimum: 1, maximum: 2 }
  });
  // An editor that is open brings the colours of code along.
  await new Notebook(page).create();
  const ways = new WaysDialog(page);
  await inBothThemes(page, async theme => {
    await panel.card('landsat-mosaic').choose('Ways to connect…');
    await expect(ways.code.locator('span').first()).toBeVisible();
    await picture(ways.root.locator('.jp-Dialog-content'), `ways-${theme}`);
    await page.keyboard.press('Escape');
    await expect(ways.root).toHaveCount(0);
  });
});

test('JupyterLab with the panel', async ({ page, panel, server }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await server.createRunning({
    label: 'landsat-mosaic',
    options: { worker_memory: 2 },
    scaling: { mode: 'adaptive', minimum: 1, maximum: 2 }
  });
  const notebook = new Notebook(page);
  await notebook.create();
  const card = panel.card('landsat-mosaic');
  await card.waitForWorkers(1);
  await page.notebook.setCell(0, 'code', 'import dask.array as da');
  await notebook.run(0, '');
  await card.insertButton.click();
  await notebook.run(1, 'Client');
  await notebook.append(
    'x = da.random.random((20_000, 20_000), chunks=(2_000, 2_000))\nx.mean().compute().round(3)'
  );
  await notebook.run(2, '0.5');
  await expect(card.root).toContainText('0 tasks running');
  await pagePicture(page, 'jupyterlab');
});
