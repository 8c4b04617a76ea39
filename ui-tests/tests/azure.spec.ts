import { Confirmation } from '../pages/confirmation';
import { LeftoversDialog } from '../pages/leftoversdialog';
import { Notebook } from '../pages/notebook';
import { violationsIn } from '../support/axe';
import { expect, test } from '../support/azurefixtures';

const WHERE = 'My Azure subscription';
const NAME = 'azure-mosaic';
const UNKNOWN = '1a2b3c4d';

/** How long a question may take that starts a process and signs in, on a busy machine (milliseconds). */
const ANSWERING = 90_000;

test('a cluster of virtual machines is created, computes, is sized, and leaves nothing', async ({
  page,
  panel,
  azure
}) => {
  const notebook = new Notebook(page);
  const card = panel.card(NAME);
  await notebook.create();
  await panel.open();

  await test.step('the section says by what it is signed in', async () => {
    await expect(panel.section(WHERE)).toContainText(
      'Signed in to Azure by the environment variables',
      { timeout: ANSWERING }
    );
  });

  await test.step('the dialog suggests what the subscription has, warns, and takes a preset', async () => {
    await panel.newClusterButton.click();
    const dialog = panel.openDialog();
    await dialog.where.selectOption({ label: WHERE });
    await expect(dialog.option('Resource group')).toBeVisible({
      timeout: ANSWERING
    });
    await expect(dialog.createButton).toBeDisabled();
    await expect(dialog.root).not.toContainText('Enter a value');
    const group = dialog.root.getByRole('combobox', { name: 'Resource group' });
    await expect(group).toBeVisible({ timeout: ANSWERING });
    await group.click();
    await dialog.root
      .getByRole('option', {
        name: azure.arguments.resource_group,
        exact: true
      })
      .click();
    await expect(group).toHaveValue(azure.arguments.resource_group);
    await dialog.option('Location').fill('eastus');
    await expect(dialog.root).toContainText('reading it takes longer');
    expect(await violationsIn(dialog.root)).toEqual([]);
    await dialog.option('Preset').selectOption({ label: 'Our network' });
    await expect(dialog.option('Virtual network')).toHaveValue(
      azure.arguments.vnet
    );
    await expect(dialog.root).not.toContainText('reading it takes longer');
    await dialog.name.fill(NAME);
    await dialog.root.getByRole('radio', { name: 'Fixed size' }).click();
    await dialog.root.getByRole('textbox', { name: 'Workers of' }).fill('1');
    await azure.hold('boot');
    await dialog.create();
  });

  await test.step('its start is told step by step', async () => {
    await card.waitUntil('pending');
    await expect(card.root.getByRole('progressbar')).toBeVisible();
    await expect(card.root).toContainText('Waiting for scheduler to run', {
      timeout: ANSWERING
    });
    await expect(card.root.getByText('What happened before')).toBeVisible();
    expect(await azure.resources()).not.toEqual([]);
    await azure.release();
    await card.waitUntil('running');
    await card.waitForWorkers(1);
  });

  await test.step('it computes, and tells what it costs', async () => {
    await card.insertButton.click();
    await expect(notebook.cells).toHaveCount(2);
    await notebook.run(1, 'Client');
    await notebook.append('client.submit(sum, [40, 2]).result()');
    await notebook.run(2, '42');
    await expect(card.root).toContainText(/about 0\.21\sUSD\/h/);
  });

  await test.step('it is sized', async () => {
    await card.type('count', 0);
    await card.expectSize({ count: 0 });
    await expect(card.root).toContainText(/about 0\.11\sUSD\/h/);
  });

  await test.step('it is shut down, and nothing is left', async () => {
    await card.shutDownButton.click();
    const question = new Confirmation(page, `Shut down ${NAME}?`);
    await question.answer('Shut Down');
    await card.waitUntilGone();
    expect(await azure.resources()).toEqual([]);
  });
});

test('what nobody here knows of is found, and deleted after a second question', async ({
  page,
  panel,
  azure
}) => {
  const resources = await azure.addLeftover(UNKNOWN);
  await panel.open();
  await panel.chooseOf(WHERE, 'Find leftovers…');
  const dialog = new LeftoversDialog(page);
  await dialog.expectFound('Resources of 1 cluster');
  await expect(dialog.group(UNKNOWN).getByRole('listitem')).toHaveCount(
    resources.length
  );
  await expect(dialog.root).toContainText('by a colleague');
  expect(await violationsIn(dialog.root)).toEqual([]);

  await dialog.button(`Delete what is left of ${UNKNOWN}…`).click();
  await dialog.button(`Keep what is left of ${UNKNOWN}`).click();
  expect(await azure.resources()).toEqual(resources);
  await dialog.delete(UNKNOWN);
  await dialog.expectFound('One is being deleted');
  await dialog.button('Close').click();

  await expect
    .poll(() => azure.resources(), { timeout: ANSWERING })
    .toEqual([]);
  await expect(panel.cards).toHaveCount(0, { timeout: ANSWERING });
});
