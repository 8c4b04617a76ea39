import { LeftoversDialog } from '../pages/leftoversdialog';
import { expect, test } from '../support/azurefixtures';
import { inBothThemes, panelPicture, picture, showAddress } from './pictures';

/** Widths of the sidebar in pixels. */
const NARROW = 240;
const USUAL = 320;

const WHERE = 'My Azure subscription';

test('own compute', async ({ page, panel, server, azure }) => {
  const take = (name: string) =>
    inBothThemes(page, theme => panelPicture(panel.root, `${name}-${theme}`));
  const card = panel.card('landsat-mosaic');
  await showAddress(page);
  await page.reload();
  await panel.open();
  await page.sidebar.setWidth(USUAL);
  await expect(panel.root).toContainText('hub.example.org');
  await expect(panel.section(WHERE)).toContainText('Signed in to Azure', {
    timeout: 90_000
  });

  await inBothThemes(page, async theme => {
    await panel.newClusterButton.click();
    const dialog = panel.openDialog();
    await dialog.where.selectOption({ label: WHERE });
    await dialog.option('Preset').selectOption({ label: 'Our network' });
    await dialog.option('Location').fill('northeurope');
    await expect(
      dialog.root.getByRole('combobox', { name: 'Size of a worker' })
    ).toBeVisible({ timeout: 90_000 });
    await dialog.name.fill('landsat-mosaic');
    await picture(
      dialog.root.locator('.jp-Dialog-content'),
      `own-dialog-${theme}`
    );
    await dialog.cancelButton.click();
    await expect(dialog.root).toHaveCount(0);
  });

  await azure.hold('boot');
  await server.create({
    backend: 'azure',
    label: 'landsat-mosaic',
    options: azure.arguments,
    scaling: { mode: 'manual', count: 1 }
  });
  await expect(card.root).toContainText('Waiting for scheduler to run', {
    timeout: 90_000
  });
  await take('own-pending');
  await azure.release();
  await card.waitUntil('running');
  await card.waitForWorkers(1);
  await expect(card.root).toContainText('USD/h');
  await take('own-running');
  await page.sidebar.setWidth(NARROW);
  await panelPicture(panel.root, 'own-narrow');
  await page.sidebar.setWidth(USUAL);

  await azure.addLeftover('1a2b3c4d');
  const leftovers = new LeftoversDialog(page);
  await panel.chooseOf(WHERE, 'Find leftovers…');
  await leftovers.expectFound('Resources of 1 cluster');
  await inBothThemes(page, theme =>
    picture(
      leftovers.root.locator('.jp-Dialog-content'),
      `own-leftovers-${theme}`
    )
  );
  await leftovers.delete('1a2b3c4d');
  await leftovers.button('Close').click();
});
