import { DaskPanes } from '../pages/daskpanes';
import { expect, test } from '../support/panesfixtures';
import { Traffic } from '../support/traffic';

test('dask-labextension shows our cluster in its own panes, by way of this server', async ({
  page,
  panel,
  server,
  baseURL
}) => {
  const traffic = new Traffic(page);
  const { id } = await server.createRunning({
    label: 'mosaic',
    options: { worker_memory: 1 },
    scaling: { mode: 'manual', count: 1 }
  });
  const panes = new DaskPanes(page);
  await panel.open();
  const card = panel.card('mosaic');
  await card.waitForWorkers(1);

  await test.step('its default panes open', async () => {
    await card.openPlot('Open in Dask panes');
    await panes.waitUntilDrawn('individual-workers-memory');
    await traffic.waitForNews('/individual-workers-memory/ws');
    await panes.waitUntilDrawn('individual-task-stream');
  });

  await test.step('it has the URL of our proxy', async () => {
    await panes.open();
    await expect(panes.url).toHaveValue(
      `${baseURL}/pccompute/clusters/${id}/dashboard/`
    );
  });

  await test.step('its list opens any other plot', async () => {
    await panes.button('Cpu').click();
    await panes.waitUntilDrawn('individual-cpu');
    await traffic.waitForNews('/individual-cpu/ws');
  });

  expect(traffic.foreign(baseURL!)).toEqual([]);
});
