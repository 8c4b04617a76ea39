import { Confirmation } from '../pages/confirmation';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/fixtures';
import { MAX_WORKERS, REFUSED_IMAGE } from '../support/gateway';

const NAME = 'landsat-mosaic';

test('from an empty panel to a computed result, and back', async ({
  page,
  panel,
  gateway
}) => {
  const card = panel.card(NAME);
  const notebook = new Notebook(page);

  await test.step('the panel says what it is for', async () => {
    await notebook.create();
    await panel.open();
    await expect(panel.emptyState).toBeVisible();
  });

  await test.step('a refusal is shown in the gateway’s words, and what was typed is kept', async () => {
    const dialog = await panel.newCluster();
    await dialog.name.fill(NAME);
    await dialog.option('Worker memory').fill('0.5');
    await dialog.option('Image').fill(REFUSED_IMAGE);
    await dialog.adapt(0, 1);
    await dialog.createButton.click();
    await expect(dialog.refusal).toContainText(
      'is not one that this gateway may run'
    );
    await expect(dialog.name).toHaveValue(NAME);
    await expect(dialog.option('Worker memory')).toHaveValue('0.5');
    await expect(dialog.option('Image')).toHaveValue(REFUSED_IMAGE);
    await expect(dialog.field('Maximum')).toHaveValue('1');
    expect(await gateway.names()).toEqual([]);
  });

  await test.step('the dialog closes at once, and the cluster is listed as it starts', async () => {
    const dialog = await panel.dialog();
    await dialog.option('Image').fill('pangeo/pangeo-notebook:latest');
    await dialog.create();
    await card.waitUntil('pending');
    await expect(card.status).toHaveText(/^starting \d+:\d\d/);
    await expect(card.root).toContainText('Then adaptive, 0–1 workers');
    await card.waitUntil('running');
    expect(await gateway.names()).toHaveLength(1);
  });

  await test.step('the size that was asked for is applied', async () => {
    await card.expectSize({ minimum: 0, maximum: 1 });
  });

  await test.step('the pointer sets a bound', async () => {
    await card.drag('maximum', 2);
    await card.expectSize({ minimum: 0, maximum: 2 });
  });

  await test.step('the keyboard sets a bound', async () => {
    await card.thumb('minimum').press('ArrowRight');
    await card.expectSize({ minimum: 1, maximum: 2 });
    await card.waitForWorkers(1);
  });

  await test.step('a clamp is shown in the gateway’s words, and the slider learns the limit', async () => {
    await card.type('maximum', 50);
    await expect(card.root).toContainText(
      `would exceed resource limit of ${MAX_WORKERS} workers. Using maximum=${MAX_WORKERS}, minimum=1 instead.`
    );
    await card.expectSize({ minimum: 1, maximum: MAX_WORKERS });
    await expect(card.thumb('maximum')).toHaveAttribute(
      'aria-valuemax',
      String(MAX_WORKERS)
    );
  });

  await test.step('a fixed size is kept', async () => {
    await card.switchTo('Fixed size');
    await card.type('count', 1);
    await card.expectSize({ count: 1 });
    await card.waitForWorkers(1);
  });

  await test.step('the code goes into a new cell, runs, and computes', async () => {
    await card.insertButton.click();
    await expect(notebook.cells).toHaveCount(2);
    await notebook.run(1, 'Client');
    await notebook.append('client.submit(lambda x: x + 1, 41).result()');
    await notebook.run(2, /^\s*(\[\d+\]:)?\s*42\s*$/);
  });

  await test.step('inserting again makes no second cell', async () => {
    await card.insertButton.click();
    await expect(notebook.connections).toHaveClass(/jp-mod-active/);
    await expect(notebook.connections).toHaveCount(1);
    await expect(notebook.cells).toHaveCount(3);
  });

  await test.step('shutting down says what is lost, and the card leaves', async () => {
    await expect(card.root).not.toContainText(/no client connected/i);
    await card.shutDownButton.click();
    const question = new Confirmation(page, `Shut down ${NAME}?`);
    await expect(question.root).toContainText('1 worker stops.');
    await expect(question.root).toContainText(
      '1 connected client loses its results.'
    );
    await question.answer('Shut Down');
    await card.waitUntilGone();
    await expect(panel.emptyState).toBeVisible();
    expect(await gateway.names()).toEqual([]);
  });
});
