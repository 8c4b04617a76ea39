import { randomBytes } from 'node:crypto';
import {
  CheckDialog,
  ConnectDialog,
  SignInDialog
} from '../pages/connectdialogs';
import { Confirmation } from '../pages/confirmation';
import { Notebook } from '../pages/notebook';
import { expect, test } from '../support/hubfixtures';
import { notebookFiles } from '../support/notebookfiles';
import { Witness } from '../support/witness';

const HUB = 'Hub of the tests';

test.use({ autoGoto: false });

test.afterEach(async ({ server, hub }) => {
  // Where the test failed, the gateway is still there.
  const [alice] = hub.users;
  await server.forgetGateways((await alice.mint([hub.scope])).token);
});

test('a hub’s gateway from outside, from its address to its end', async ({
  page,
  panel,
  server,
  hub
}) => {
  const [alice] = hub.users;
  const wrong = randomBytes(16).toString('hex');
  const narrow = await alice.mint(['read:users!user']);
  const first = await alice.mint([hub.scope]);
  const second = await alice.mint([hub.scope]);
  await alice.createCluster();
  const witness = new Witness(page);
  const notebook = new Notebook(page);
  const section = panel.section(HUB);
  const signIn = new SignInDialog(page);

  await page.goto();
  await notebook.create();
  await panel.open();
  await witness.forget();

  await test.step('the addresses are worked out from the hub’s', async () => {
    await panel.choose('Connect to a gateway…');
    const dialog = new ConnectDialog(page);
    await dialog.enterHub(`${hub.url}/hub/home`);
    await expect(dialog.field(/^Address/)).toHaveValue(hub.gatewayAddress);
    await expect(dialog.field(/^Proxy address/)).toHaveValue(
      `gateway://${new URL(hub.url).host}`
    );
    await expect(dialog.tokenPageLink).toHaveAttribute(
      'href',
      `${hub.url}/hub/token`
    );
    // This hub's proxy serves nothing but the web.
    await dialog.field(/^Proxy address/).fill(hub.proxyAddress);
    await dialog.field(/^Name/).fill(HUB);
    await dialog.connect();
  });

  await test.step('a wrong token is refused', async () => {
    await signIn.enter(wrong);
    await expect(signIn.refusal).toContainText('does not accept this token');
  });

  await test.step('the scope that a token lacks is named', async () => {
    await signIn.enter(narrow.token);
    await expect(signIn.refusal).toContainText(hub.scope);
  });

  await test.step('of a right one it is said whose it is', async () => {
    await signIn.signIn(first.token, alice.name);
    await expect(section).toContainText(`Signed in as ${alice.name}`);
  });

  await expect(section.getByRole('article')).toHaveCount(1);
  const [{ name }] = await server.clusters();
  const card = panel.card(name);
  await test.step('its clusters stand beside the configured gateway', async () => {
    await expect(panel.root.getByRole('heading', { level: 2 })).toHaveText([
      'Dask Gateway',
      HUB,
      'This machine'
    ]);
    await card.waitUntil('running');
    await card.type('count', 1);
    await card.waitForWorkers(1);
  });

  await test.step('the connection is checked step by step', async () => {
    await panel.chooseOf(HUB, 'Check connection…');
    const dialog = new CheckDialog(page);
    await dialog.waitForResult();
    for (const title of [
      'Connection to the gateway',
      'Hub and credential',
      'Scheduler of a running cluster'
    ]) {
      await expect(dialog.step(title)).toHaveClass(/jp-mod-step-passed/);
    }
    await expect(dialog.root.locator('.jp-mod-step-failed')).toHaveCount(0);
    await dialog.close();
  });

  await test.step('the code computes in a notebook of this machine', async () => {
    await card.insertButton.click();
    await expect(notebook.connections).toHaveCount(1);
    await notebook.run(1, 'Client');
    await notebook.append('client.submit(sum, [40, 2]).result()');
    await notebook.run(2, '42');
    await page.notebook.save();
  });

  await test.step('a withdrawn token wants another, and the list stays', async () => {
    await alice.revoke(first);
    await expect(section).toHaveClass(/jp-mod-needs-credential/, {
      timeout: 90_000
    });
    await expect(section).toContainText('Shown as last known.');
    await expect(card.root).toBeVisible();
  });

  await test.step('with another token everything goes on', async () => {
    await section
      .getByRole('button', { name: `Sign in to ${HUB} again` })
      .click();
    await signIn.signIn(second.token, alice.name);
    await expect(section).toHaveClass(/jp-mod-ready/);
    await card.waitForWorkers(1);
    await card.shutDownButton.click();
    await new Confirmation(page, 'Shut down').answer('Shut Down');
    await card.waitUntilGone();
    expect(await alice.clusters()).toEqual([]);
  });

  await test.step('the credential is deleted, and the gateway forgotten', async () => {
    await panel.chooseOf(HUB, 'Delete credential…');
    await new Confirmation(page, 'Delete the credential').answer('Delete');
    await expect(section).toHaveClass(/jp-mod-needs-credential/);
    await panel.chooseOf(HUB, 'Forget gateway…');
    await new Confirmation(page, `Forget ${HUB}?`).answer('Forget');
    await expect(section).toHaveCount(0);
  });

  await test.step('the tokens were sent once, and are nowhere else', async () => {
    // What can be found is: the name was sent, told and shown.
    expect(await witness.placesOf(HUB)).toEqual(
      expect.arrayContaining([
        'body of POST /pccompute/backends',
        'answer to POST /pccompute/backends',
        expect.stringMatching(/^answer to POST .*\/check$/),
        'websocket /api/events/subscribe'
      ])
    );
    const files = notebookFiles();
    expect(files.join()).toContain('client = cluster.get_client()');
    for (const token of [wrong, narrow.token, first.token, second.token]) {
      expect(await witness.placesOf(token)).toEqual([
        expect.stringMatching(
          /^body of PUT \/pccompute\/backends\/[a-z0-9-]+\/credential$/
        )
      ]);
      expect(files.filter(file => file.includes(token))).toEqual([]);
    }
  });
});
