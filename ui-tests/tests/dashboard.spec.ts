import { DashboardTab } from '../pages/dashboardtab';
import { expect, test } from '../support/fixtures';
import { Traffic } from '../support/traffic';

test('the dashboard and a plot of it are live in tabs, and no other host is asked', async ({
  page,
  panel,
  server,
  baseURL
}) => {
  const traffic = new Traffic(page);
  await server.createRunning({
    label: 'mosaic',
    options: { worker_memory: 1 },
    scaling: { mode: 'manual', count: 1 }
  });
  await panel.open();
  const card = panel.card('mosaic');
  await card.waitForWorkers(1);

  await test.step('the whole dashboard', async () => {
    await card.dashboardButton.click();
    const whole = new DashboardTab(page, 'Dashboard of mosaic');
    await whole.waitUntilDrawn();
    await traffic.waitForNews('/status/ws');
    // The cluster's scripts run where they reach nothing of JupyterLab.
    expect(await whole.origin()).toBe('null');
  });

  await test.step('a link in it leads to its next page', async () => {
    const whole = new DashboardTab(page, 'Dashboard of mosaic');
    await whole.frame.getByRole('link', { name: 'Workers' }).click();
    await whole.waitUntilDrawn();
    await traffic.waitForNews('/workers/ws');
  });

  await test.step('a single plot in a tab of its own', async () => {
    await card.openPlot('Workers Memory');
    const plot = new DashboardTab(page, 'Workers memory of mosaic');
    await plot.waitUntilDrawn();
    await traffic.waitForNews('/individual-workers-memory/ws');
    expect(await plot.origin()).toBe('null');
  });

  expect(traffic.foreign(baseURL!)).toEqual([]);
});
