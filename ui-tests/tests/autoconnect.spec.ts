import { galata } from '@jupyterlab/galata';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/fixtures';

test.use({
  mockSettings: {
    ...galata.DEFAULT_SETTINGS,
    'pccompute-ext:commands': { autoConnect: true }
  }
});

test('a new notebook is connected by itself where a setting says so', async ({
  page,
  panel,
  server
}) => {
  await server.createRunning({
    label: 'mosaic',
    scaling: { mode: 'manual', count: 1 }
  });
  await panel.open();
  const notebook = new Notebook(page);
  await notebook.create();
  await expect(panel.card('mosaic').root).toContainText(
    /Connected as client in /,
    { timeout: 90_000 }
  );
  await expect(notebook.cells).toHaveCount(1);
  await notebook.append('client.submit(lambda x: x + 1, 41).result()');
  await notebook.run(1, /^\s*(\[\d+\]:)?\s*42\s*$/);
});
