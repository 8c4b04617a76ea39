import { LogsTab } from '../pages/logstab';
import { WorkersTab } from '../pages/workerstab';
import { expect, test } from '../support/fixtures';

test('the workers and the logs of a cluster are shown as they change', async ({
  page,
  panel,
  server
}) => {
  await server.createRunning({
    label: 'mosaic',
    options: { worker_memory: 1 },
    scaling: { mode: 'manual', count: 1 }
  });
  await panel.open();
  const card = panel.card('mosaic');
  await card.waitForWorkers(1);
  const workers = new WorkersTab(page, 'mosaic');
  const logs = new LogsTab(page, 'mosaic');

  const worker = await test.step('the worker is listed', async () => {
    await card.choose('Workers');
    await expect(workers.rows).toHaveCount(1);
    expect(await workers.valueOf('Status')).toBe('running');
    expect(await workers.valueOf('Threads')).toBe('1');
    expect(await workers.valueOf('Memory')).toMatch(/^[\d.]+\sMiB of 1\sGiB$/);
    return workers.valueOf('Name');
  });

  await test.step('each source has its log', async () => {
    await card.choose('Logs');
    await expect(logs.log).toContainText('Scheduler at:');
    await logs.source.selectOption({ label: worker });
    await expect(logs.log).toContainText('distributed.worker');
    await expect(logs.log).not.toContainText('Scheduler at:');
    await logs.source.selectOption({ label: 'Scheduler' });
  });

  await test.step('the lines with a text are found', async () => {
    await logs.search.fill('register worker ADDR');
    await logs.expectFound(1);
    await expect(logs.log.locator('mark')).toHaveText('Register worker addr');
    await expect(logs.log).toContainText(worker);
  });

  await test.step('new lines come by themselves', async () => {
    await logs.search.fill('Lost all workers');
    await logs.expectFound(0);
    await card.type('count', 0);
    await logs.expectFound(1);
  });

  await test.step('the whole log is saved as a file', async () => {
    const { name, text } = await logs.download();
    expect(name).toBe('mosaic-scheduler.log');
    expect(text).toContain('Register worker addr');
    expect(text).toContain('Lost all workers');
  });

  await test.step('the worker has left the list', async () => {
    await workers.tab.click();
    await expect(workers.root).toContainText('No worker is ready.');
    await expect(workers.rows).toHaveCount(0);
  });
});
