import { center } from '../pages/clustercard';
import { Confirmation } from '../pages/confirmation';
import { Console } from '../pages/console';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/fixtures';

const CODE = 'client = cluster.get_client()';

test('the code goes to a console, a new notebook and the clipboard', async ({
  page,
  panel,
  server
}) => {
  await server.createRunning({ label: 'mosaic' });
  await panel.open();
  const card = panel.card('mosaic');

  await test.step('it is copied', async () => {
    await page
      .context()
      .grantPermissions(['clipboard-read', 'clipboard-write']);
    await card.choose('Copy code');
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain(CODE);
  });

  await test.step('a console’s prompt keeps what stands there', async () => {
    const console = new Console(page);
    await console.create();
    await console.prompt.fill('half = 1 /');
    await card.insertButton.click();
    await expect(console.prompt).toContainText(CODE);
    await expect(console.prompt).toContainText('half = 1 /');

    await card.insertButton.click();
    await expect(console.prompt).toBeFocused();
    await expect(console.prompt.getByText(CODE)).toHaveCount(1);
    await console.close();
  });

  await test.step('with no notebook open, a new one is offered', async () => {
    await card.insertButton.click();
    const question = new Confirmation(page, 'Where shall the code go?');
    await expect(question.root).toContainText('No notebook is open.');
    await question.answer('New Python Notebook');
    const notebook = new Notebook(page);
    await notebook.waitForKernel();
    await expect(notebook.connections).toHaveCount(1);
    await expect(notebook.cells).toHaveCount(1);
  });
});

test('a read-only notebook stays as it is, and the code goes into another', async ({
  page,
  panel,
  server
}) => {
  await server.createRunning({ label: 'mosaic' });
  const notebook = new Notebook(page);
  await notebook.create();
  const path = await notebook.path();
  await notebook.lock();
  await panel.open();
  await panel.card('mosaic').insertButton.click();
  const question = new Confirmation(page, 'Where shall the code go?');
  await expect(question.root).toContainText('is read-only.');
  await expect(notebook.connections).toHaveCount(0);
  await question.answer('New Python Notebook');
  await expect(notebook.connections).toHaveCount(1);
  await expect(notebook.cells).toHaveCount(1);
  expect(await notebook.path()).not.toBe(path);
});

test('the code is dragged between two cells', async ({
  page,
  panel,
  server
}) => {
  await server.createRunning({ label: 'mosaic' });
  const notebook = new Notebook(page);
  await notebook.create();
  await page.notebook.setCell(0, 'code', 'first = 1');
  await notebook.append('second = 2');
  await panel.open();

  const from = await center(panel.card('mosaic').insertButton);
  const second = (await notebook.cells.nth(1).boundingBox())!;
  const loaded = page.waitForResponse(/\/snippets/);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await loaded;
  await page.mouse.move(from.x + 20, from.y + 10, { steps: 4 });
  await expect(page.locator('.jp-PccomputePanel-dragImage')).toBeVisible();
  // What is dropped on a cell comes before that cell.
  await page.mouse.move(second.x + second.width / 2, second.y + 4, {
    steps: 10
  });
  await expect(notebook.root.locator('.jp-mod-dropTarget')).toHaveCount(1);
  await page.mouse.up();

  await expect(notebook.cells).toHaveCount(3);
  await expect(notebook.cells.nth(0)).toContainText('first = 1');
  await expect(notebook.cells.nth(1)).toContainText(CODE);
  await expect(notebook.cells.nth(1)).toHaveClass(/jp-mod-active/);
  await expect(notebook.cells.nth(2)).toContainText('second = 2');
});
