import { Confirmation } from '../pages/confirmation';
import { tabTo } from '../pages/keyboard';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/fixtures';

test('a cluster is created, sized, renamed, used and shut down by keyboard', async ({
  page,
  panel
}) => {
  const { keyboard } = page;
  const notebook = new Notebook(page);
  await notebook.create();
  // JupyterLab has keys of its own that lead to its sidebar.
  await panel.tab.focus();
  await keyboard.press('Enter');
  await expect(panel.emptyState).toBeVisible();

  await test.step('create', async () => {
    await tabTo(page, panel.newClusterButton);
    await keyboard.press('Enter');
    const dialog = await panel.dialog();
    await keyboard.type('first-name');
    await tabTo(page, dialog.field('Minimum'));
    await keyboard.type('0');
    await tabTo(page, dialog.field('Maximum'));
    await keyboard.type('1');
    await expect(dialog.thumb('Maximum')).toHaveAttribute('aria-valuenow', '1');
    await tabTo(page, dialog.createButton);
    await keyboard.press('Enter');
    await expect(dialog.root).toHaveCount(0);
  });

  await test.step('rename', async () => {
    const card = panel.card('first-name');
    await card.waitUntil('running');
    await panel.newClusterButton.focus();
    await tabTo(page, card.menuButton);
    await keyboard.press('F2');
    const field = panel.root.getByLabel('New name of first-name');
    await expect(field).toBeFocused();
    await keyboard.type('by-keyboard');
    await keyboard.press('Enter');
  });

  const card = panel.card('by-keyboard');

  await test.step('size', async () => {
    await expect(card.root).toBeFocused();
    await tabTo(page, card.thumb('maximum'));
    await keyboard.press('ArrowRight');
    await card.expectSize({ minimum: 0, maximum: 2 });
  });

  await test.step('menu', async () => {
    await panel.newClusterButton.focus();
    await tabTo(page, card.menuButton);
    await keyboard.press('Enter');
    const menu = page.getByRole('menu').filter({ hasText: 'Copy code' });
    await expect(menu).toBeVisible();
    await keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    await expect(card.menuButton).toBeFocused();
  });

  await test.step('insert', async () => {
    await tabTo(page, card.insertButton);
    await keyboard.press('Enter');
    await expect(notebook.connections).toHaveClass(/jp-mod-active/);
    await expect(notebook.root.locator('.jp-mod-active')).toBeFocused();
  });

  await test.step('shut down', async () => {
    await panel.newClusterButton.focus();
    await tabTo(page, card.shutDownButton);
    await keyboard.press('Enter');
    const question = new Confirmation(page, 'Shut down by-keyboard?');
    // Enter alone must not cost anybody their results.
    await expect(question.button('Cancel')).toBeFocused();
    await tabTo(page, question.button('Shut Down'));
    await keyboard.press('Enter');
    await expect(question.root).toHaveCount(0);
    await card.waitUntilGone();
  });
});
