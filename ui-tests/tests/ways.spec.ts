import { Confirmation } from '../pages/confirmation';
import { Notebook } from '../pages/notebook';
import { WaysDialog } from '../pages/waysdialog';
import { violationsIn } from '../support/axe';
import { expect, test } from '../support/fixtures';

test('the ways to a cluster, from a dialog to a kernel that computes', async ({
  page,
  panel,
  server
}) => {
  await server.createRunning({
    label: 'mosaic',
    scaling: { mode: 'manual', count: 1 }
  });
  const notebook = new Notebook(page);
  const ways = new WaysDialog(page);
  await notebook.create();
  await panel.open();
  const card = panel.card('mosaic');

  await test.step('every way has its code, which is copied', async () => {
    await page
      .context()
      .grantPermissions(['clipboard-read', 'clipboard-write']);
    await card.choose('Ways to connect…');
    await expect(ways.ways.first()).toBeFocused();
    await expect(ways.code).toContainText('client = cluster.get_client()');
    await expect(ways.code.locator('span').first()).toBeVisible();
    expect(await violationsIn(ways.root)).toEqual([]);
    await ways.button('Copy').click();
    await expect(ways.button('Copied')).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain('client = cluster.get_client()');
  });

  await test.step('names that something else has are left alone', async () => {
    await page.keyboard.press('Escape');
    await expect(ways.root).toHaveCount(0);
    await page.notebook.setCell(0, 'code', 'client = "mine"');
    await notebook.run(0, '');
    await card.choose('Ways to connect…');
    await ways.button('Insert').click();
    await expect(ways.root).toHaveCount(0);
    await expect(notebook.cells).toHaveCount(2);
    await expect(notebook.cells.nth(1)).toContainText(
      'client_2 = cluster.get_client()'
    );
  });

  await test.step('inserting again updates the cell, in one step that is undone', async () => {
    const cell = notebook.cells.nth(1);
    await notebook.age(1, '# older');
    await expect(cell).not.toContainText('get_client');
    await card.insertButton.click();
    await expect(cell).toContainText('client_2 = cluster.get_client()');
    await expect(notebook.cells).toHaveCount(2);
    await page.menu.clickMenuItem('Edit>Undo');
    await expect(cell).not.toContainText('get_client');
    await page.menu.clickMenuItem('Edit>Redo');
    await expect(cell).toContainText('client_2 = cluster.get_client()');
  });

  await test.step('code that was changed is not replaced without a question', async () => {
    await page.notebook.setCell(1, 'code', 'client_2 = None  # mine');
    await card.insertButton.click();
    const question = new Confirmation(
      page,
      'Replace the code that you changed?'
    );
    await question.answer('Insert Below');
    await expect(notebook.cells).toHaveCount(3);
    await expect(notebook.cells.nth(1)).toContainText('# mine');
    await expect(notebook.cells.nth(2)).toContainText('get_client()');
  });

  await test.step('the kernel is connected without a cell, and computes', async () => {
    await card.choose('Connect kernel');
    await expect(card.root).toContainText(/Connected as client_2 in /, {
      timeout: 90_000
    });
    await notebook.append('client_2.submit(lambda x: x + 1, 41).result()');
    await notebook.run(3, /^\s*(\[\d+\]:)?\s*42\s*$/);
  });

  await test.step('opened again with a new kernel, the notebook offers to reconnect', async () => {
    const path = await notebook.path();
    await notebook.saveAndShutDown();
    await notebook.open(path);
    await expect(
      page.getByText('used the cluster mosaic, which is running.')
    ).toBeVisible({ timeout: 90_000 });
    await page.getByRole('button', { name: 'Connect Kernel' }).click();
    await expect(card.root).toContainText(/Connected as client in /, {
      timeout: 90_000
    });
  });

  await test.step('with the cluster gone, it offers the same again', async () => {
    const path = await notebook.path();
    await notebook.saveAndShutDown();
    await server.clear();
    await notebook.open(path);
    await page
      .getByRole('button', { name: 'Create the Same Again…' })
      .click({ timeout: 90_000 });
    const dialog = await panel.dialog();
    await expect(dialog.name).toHaveValue('mosaic');
    await dialog.root.getByRole('button', { name: 'Show code' }).click();
    await expect(
      dialog.root.getByRole('region', { name: /^Code/ })
    ).toContainText('GatewayCluster');
    await dialog.cancelButton.click();
  });
});
