import { CommandPalette } from '../pages/commandpalette';
import { Confirmation } from '../pages/confirmation';
import { NewClusterDialog } from '../pages/newclusterdialog';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/fixtures';

test('everything works from the palette, with the panel closed', async ({
  page,
  panel,
  server
}) => {
  const palette = new CommandPalette(page);
  const notebook = new Notebook(page);
  await notebook.create();
  const figures = async () => {
    const [cluster] = await server.clusters();
    const { mode, minimum, maximum, count } = cluster.scaling ?? {};
    return mode === 'adaptive' ? [minimum, maximum] : [count];
  };

  await palette.run('New Cluster…');
  const dialog = new NewClusterDialog(page);
  await dialog.waitUntilReady();
  await dialog.name.fill('from-palette');
  await dialog.create();
  await expect.poll(() => server.clusters()).toHaveLength(1);
  const [{ id }] = await server.clusters();
  await server.waitFor(id, 'running');

  await palette.run('Set Number of Workers…');
  const count = new Confirmation(page, 'Number of workers of from-palette');
  await expect(count.root.getByRole('spinbutton')).toBeFocused();
  await count.root.getByRole('spinbutton').fill('0');
  await count.answer('OK');
  await expect.poll(figures).toEqual([0]);

  await palette.run('Let Cluster Adapt…');
  const least = new Confirmation(page, 'Fewest workers of from-palette');
  await least.root.getByRole('spinbutton').fill('0');
  await least.answer('OK');
  const most = new Confirmation(page, 'Most workers of from-palette');
  await most.root.getByRole('spinbutton').fill('2');
  await most.answer('OK');
  await expect.poll(figures).toEqual([0, 2]);

  await palette.run('Rename Cluster…');
  const rename = new Confirmation(page, 'New name of from-palette');
  await rename.root.getByRole('textbox').fill('renamed');
  await rename.answer('Rename');
  await expect
    .poll(async () => (await server.clusters())[0].label)
    .toBe('renamed');

  await palette.run('Insert Code That Connects to Cluster');
  await expect(notebook.connections).toHaveCount(1);

  await palette.run('Shut Down Cluster…');
  const question = new Confirmation(page, 'Shut down renamed?');
  await question.answer('Shut Down');
  await expect.poll(() => server.clusters(), { timeout: 90_000 }).toEqual([]);

  await expect(panel.root).toBeHidden();
  await palette.run('Show Compute Panel');
  await expect(panel.emptyState).toBeVisible();
});
