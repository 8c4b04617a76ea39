import { expect, test } from '../support/fixtures';

test('JupyterLab starts with the extension enabled', async ({ page }) => {
  const ids = await page.evaluate(() => window.jupyterapp.listPlugins());
  expect(
    Array.from(ids).filter(id => id.startsWith('pccompute-ext:'))
  ).not.toEqual([]);
});

test('the server half is there', async ({ page }) => {
  const response = await page.request.get('lab/api/extensions');
  expect(response.ok()).toBe(true);
  const extensions: { name: string; enabled: boolean; status: string }[] =
    await response.json();
  const ours = extensions.filter(({ name }) => name === 'pccompute-ext');
  expect(ours).toHaveLength(1);
  expect(ours[0]).toMatchObject({ enabled: true, status: 'ok' });
});
