import { Confirmation } from '../pages/confirmation';
import { DashboardTab } from '../pages/dashboardtab';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/ownfixtures';
import { Traffic } from '../support/traffic';

const WHERE = 'Own processes';
const NAME = 'own-mosaic';

test('a cluster of an operator’s class is created, sized, used, watched and shut down', async ({
  page,
  panel,
  gateway,
  baseURL
}) => {
  const traffic = new Traffic(page);
  const notebook = new Notebook(page);
  const card = panel.card(NAME);
  await notebook.create();
  await panel.open();

  await test.step('the dialog has the form of the class', async () => {
    const dialog = await panel.newCluster();
    await dialog.where.selectOption({ label: WHERE });
    await expect(dialog.option('Threads of a worker')).toHaveValue('1');
    await dialog.option('Threads of a worker').fill('9');
    await expect(dialog.root).toContainText('At most 4');
    await expect(dialog.createButton).toBeDisabled();
    await dialog.option('Threads of a worker').fill('2');
    await dialog.name.fill(NAME);
    await dialog.adapt(1, 1);
    await dialog.create();
  });

  await test.step('it runs, and is no cluster of the gateway', async () => {
    await card.waitUntil('running');
    await card.waitForWorkers(1);
    await card.expectSize({ minimum: 1, maximum: 1 });
    await expect(panel.section(WHERE).getByRole('article')).toHaveCount(1);
    expect(await gateway.names()).toEqual([]);
  });

  await test.step('the pointer sets a bound, the keyboard a fixed size', async () => {
    await card.drag('maximum', 2);
    await card.expectSize({ minimum: 1, maximum: 2 });
    await card.switchTo('Fixed size');
    await card.type('count', 2);
    await card.expectSize({ count: 2 });
    await card.waitForWorkers(2);
  });

  await test.step('the code runs, and computes with the threads that were chosen', async () => {
    await card.insertButton.click();
    await expect(notebook.cells).toHaveCount(2);
    await notebook.run(1, 'Client');
    await notebook.append(
      'client.submit(sum, [40, 2]).result(), set(client.nthreads().values())'
    );
    await notebook.run(2, '(42, {2})');
  });

  await test.step('its dashboard is live', async () => {
    await card.dashboardButton.click();
    await new DashboardTab(page, `Dashboard of ${NAME}`).waitUntilDrawn();
    await traffic.waitForNews('/status/ws');
    expect(traffic.foreign(baseURL!)).toEqual([]);
  });

  await test.step('it is shut down', async () => {
    await card.shutDownButton.click();
    const question = new Confirmation(page, `Shut down ${NAME}?`);
    await expect(question.root).toContainText('2 workers stop.');
    await question.answer('Shut Down');
    await card.waitUntilGone();
  });
});

test('what a killed supervisor leaves behind is listed, and deleted with one button', async ({
  page,
  panel,
  server,
  supervisors
}) => {
  const notebook = new Notebook(page);
  const card = panel.card(NAME);
  await notebook.create();
  await panel.open();
  await server.createRunning({
    backend: 'processes',
    label: NAME,
    scaling: { mode: 'manual', count: 1 }
  });
  await card.waitForWorkers(1);

  await test.step('the kernel connects without a cell, and a task starts a program', async () => {
    await card.choose('Connect kernel');
    await expect(card.root).toContainText('Connected');
    await notebook.append(
      'import subprocess\nclient.submit(lambda: subprocess.Popen(["sleep", "3600"]) and "started").result()'
    );
    await notebook.run(1, 'started');
  });

  supervisors.kill('processes');
  await card.waitUntil('failed');
  await expect(card.root).toContainText('Something of the cluster is left.');
  await expect(card.root).toContainText(/\d process(es)? on this machine/);

  await card.deleteRemainsButton.click();
  await card.waitUntilGone();
  await expect(panel.emptyState).toBeVisible();
});
