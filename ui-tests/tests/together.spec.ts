import { ComputePanel } from '../pages/computepanel';
import { Notebook } from '../pages/notebook';
import { TypedNotebook } from '../pages/typednotebook';
import { expect, test } from '../support/collaborationfixtures';

test('two people with one notebook, of whom each inserts code', async ({
  page,
  panel,
  server,
  theirs
}) => {
  const ours = new Notebook(page);
  const shared = new TypedNotebook(theirs);
  await Promise.all([server.createRunning({ label: 'mosaic' }), ours.create()]);
  await panel.open();
  const card = panel.card('mosaic');
  const everywhere = [ours, shared];

  await test.step('both see what somebody else writes', async () => {
    await theirs.goto(`lab/workspaces/theirs/tree/${await ours.path()}`);
    await shared.waitForKernel();
    // What is shared comes by its own way, and may come later.
    await expect(shared.cells).toHaveCount(1);
    await shared.append('theirs = 2');
    await expect(ours.cells.nth(1)).toContainText('theirs = 2');
  });

  await test.step('what one inserts appears once with the other', async () => {
    await card.insertButton.click();
    for (const notebook of everywhere) {
      await expect(notebook.cells).toHaveCount(3);
      await expect(notebook.connections).toHaveCount(1);
    }
  });

  await test.step('undoing takes back just that, and not what somebody else has written since', async () => {
    await shared.append('later = 3');
    await expect(ours.cells).toHaveCount(4);
    await page.menu.clickMenuItem('Edit>Undo Cell Operation');
    for (const notebook of everywhere) {
      await expect(notebook.connections).toHaveCount(0);
      await expect(notebook.cells).toHaveCount(3);
      await expect(
        notebook.cells.filter({ hasText: 'theirs = 2' })
      ).toHaveCount(1);
      await expect(notebook.cells.filter({ hasText: 'later = 3' })).toHaveCount(
        1
      );
    }
    await page.menu.clickMenuItem('Edit>Redo Cell Operation');
    for (const notebook of everywhere) {
      await expect(notebook.connections).toHaveCount(1);
    }
  });

  await test.step('inserted again, by whomever, the cell is brought up to date in its place', async () => {
    const at = await ours.cells.allTextContents();
    const index = at.findIndex(text => text.includes('get_client'));
    const theirPanel = new ComputePanel(theirs);
    await theirPanel.open();
    for (const again of [card, theirPanel.card('mosaic')]) {
      await ours.age(index, '# older');
      for (const notebook of everywhere) {
        await expect(notebook.connections).toHaveCount(0);
        await expect(notebook.cells.nth(index)).toContainText('# older');
      }
      await again.insertButton.click();
      for (const notebook of everywhere) {
        await expect(notebook.connections).toHaveCount(1);
        await expect(notebook.cells.nth(index)).toContainText('get_client');
        await expect(notebook.cells).toHaveCount(4);
        await expect(
          notebook.cells.filter({ hasText: 'theirs = 2' })
        ).toHaveCount(1);
      }
    }
  });
});
