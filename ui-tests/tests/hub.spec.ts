import { ComputePanel } from '../pages/computepanel';
import { Confirmation } from '../pages/confirmation';
import { logIn } from '../pages/hublogin';
import { TypedNotebook } from '../pages/typednotebook';
import { expect, test } from '../support/hubfixtures';

const NAME = 'landsat-mosaic';

/** JupyterLab is that of the hub here, which knows nothing of tests: its environment is all that is configured. */
test('inside a hub nobody enters an address or a credential', async ({
  context,
  hub
}) => {
  const [alice, bob] = hub.users;
  const page = await context.newPage();
  const panel = new ComputePanel(page);
  const notebook = new TypedNotebook(page);
  const card = panel.card(NAME);

  await test.step('the gateway is ready, under a path with an e-mail address', async () => {
    await logIn(page, hub, alice);
    expect(new URL(page.url()).pathname).toBe('/user/alice@example.com/lab');
    await notebook.create();
    await panel.open();
    const gateway = panel.section('Dask Gateway');
    await expect(gateway).toContainText(`Signed in as ${alice.name}`);
    await expect(gateway).toHaveClass(/jp-mod-ready/);
    await expect(gateway).toContainText('/services/dask-gateway');
    await expect(panel.root.getByText('Sign in', { exact: true })).toHaveCount(
      0
    );
  });

  await test.step('a cluster of the notebook’s image is created', async () => {
    const dialog = await panel.newCluster();
    await expect(dialog.option('Image')).toHaveValue(hub.image);
    await dialog.name.fill(NAME);
    await dialog.adapt(0, 1);
    await dialog.create();
    await card.waitUntil('running');
  });

  await test.step('it adapts', async () => {
    await card.drag('maximum', 2);
    await card.thumb('minimum').press('ArrowRight');
    await card.expectSize({ minimum: 1, maximum: 2 });
    await card.waitForWorkers(1);
  });

  await test.step('nobody else sees it', async () => {
    expect(await alice.clusters()).toHaveLength(1);
    expect(await bob.clusters()).toEqual([]);
  });

  await test.step('the code goes into a notebook, and computes', async () => {
    await card.insertButton.click();
    await expect(notebook.connections).toHaveCount(1);
    await notebook.run(1, 'Client');
    await notebook.append(
      'import dask.array as da\nint(da.arange(1_000, chunks=100).sum().compute())'
    );
    await notebook.run(2, '499500');
  });

  await test.step('it is shut down', async () => {
    await card.shutDownButton.click();
    await new Confirmation(page, `Shut down ${NAME}?`).answer('Shut Down');
    await card.waitUntilGone();
    expect(await alice.clusters()).toEqual([]);
  });
});
