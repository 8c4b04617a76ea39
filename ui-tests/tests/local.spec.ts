import { Confirmation } from '../pages/confirmation';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/fixtures';

test('a cluster on this machine is created, computes, and is shut down', async ({
  page,
  panel,
  gateway
}) => {
  const notebook = new Notebook(page);
  await notebook.create();
  await panel.open();
  const dialog = await panel.newCluster();
  await dialog.name.fill('at-home');
  await dialog.where.selectOption({ label: 'This machine' });
  await expect(dialog.createButton).toBeEnabled();
  await dialog.adapt(1, 1);
  await dialog.create();

  const card = panel.card('at-home');
  await card.waitUntil('running');
  await card.waitForWorkers(1);
  // It is no cluster of the other gateway.
  expect(await gateway.names()).toEqual([]);

  await card.insertButton.click();
  await expect(notebook.cells).toHaveCount(2);
  await notebook.run(1, 'Client');
  await notebook.append('client.submit(sum, [40, 2]).result()');
  await notebook.run(2, '42');

  await card.shutDownButton.click();
  const question = new Confirmation(page, 'Shut down at-home?');
  await question.answer('Shut Down');
  await card.waitUntilGone();
});
