import { violationsIn } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { BROKEN_IMAGE, STUCK_IMAGE } from '../support/gateway';

test('panel and dialog keep nobody out, in both themes', async ({
  page,
  panel,
  server
}) => {
  await panel.open();
  await test.step('the empty panel', async () => {
    await expect(panel.emptyState).toBeVisible();
    expect(await violationsIn(panel.root)).toEqual([]);
  });

  await server.create({ label: 'failed', options: { image: BROKEN_IMAGE } });
  await server.create({ label: 'starting', options: { image: STUCK_IMAGE } });
  await server.createRunning({
    label: 'running',
    scaling: { mode: 'adaptive', minimum: 0, maximum: 50 }
  });
  await panel.card('failed').waitUntil('failed');
  await panel.card('starting').waitUntil('pending');
  await panel.card('running').waitUntil('running');

  for (const theme of ['Light', 'Dark']) {
    await page.theme.setTheme(`JupyterLab ${theme}`);
    await test.step(`the panel, ${theme}`, async () => {
      expect(await violationsIn(panel.root)).toEqual([]);
    });
    await test.step(`the dialog, ${theme}`, async () => {
      const dialog = await panel.newCluster();
      await dialog.option('Worker memory').fill('1000');
      await expect(dialog.root).toContainText('At most 64');
      expect(await violationsIn(dialog.root)).toEqual([]);
      await dialog.cancelButton.click();
      await expect(dialog.root).toHaveCount(0);
    });
  }
});
