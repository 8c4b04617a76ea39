import {
  CheckDialog,
  ConnectDialog,
  SignInDialog
} from '../pages/connectdialogs';
import { ComputePanel } from '../pages/computepanel';
import { logIn } from '../pages/hublogin';
import { TypedNotebook } from '../pages/typednotebook';
import { expect, test } from '../support/hubfixtures';
import { showHub } from './hubaddress';
import { pagePicture, panelPicture, picture } from './pictures';

const HUB = 'Planetary hub';
const USUAL = 320;

test.use({ autoGoto: false });

test.afterEach(async ({ server, hub }) => {
  const [alice] = hub.users;
  await server.forgetGateways((await alice.mint([hub.scope])).token);
});

test('from outside', async ({ page, panel, hub }) => {
  const [alice] = hub.users;
  const section = panel.section(HUB);
  const take = (name: string, of: { root: typeof panel.root }) =>
    picture(of.root.locator('.jp-Dialog-content'), name);
  await alice.createCluster();
  await showHub(page, hub);
  await page.goto();
  await panel.open();
  await page.sidebar.setWidth(USUAL);

  await panel.choose('Connect to a gateway…');
  const connect = new ConnectDialog(page);
  await connect
    .field('Address of the hub')
    .fill('https://hub.example.org/hub/home');
  await take('connect-hub', connect);
  await connect.button('Continue').click();
  await connect.field(/^Name/).fill(HUB);
  await connect.field(/^Proxy address/).fill('gateway://hub.example.org:8786');
  await take('connect-gateway', connect);
  await connect.connect();

  const signIn = new SignInDialog(page);
  await signIn.field(/^Token$/).fill('a token of the hub');
  await take('sign-in', signIn);
  const scopes = [hub.scope, 'read:tokens!user'];
  const token = await alice.mint(scopes, 30 * 24 * 3600);
  await signIn.signIn(token.token, alice.name);

  const article = section.getByRole('article');
  await expect(article).toContainText('running');
  await article.getByRole('textbox', { name: 'Workers of' }).fill('1');
  await page.keyboard.press('Enter');
  await expect(article).toContainText('1 ready');
  await panelPicture(panel.root, 'panel-signed-in');

  await panel.chooseOf(HUB, 'Check connection…');
  const check = new CheckDialog(page);
  await check.waitForResult();
  await take('check', check);
  await check.close();

  await alice.revoke(token);
  await expect(section).toHaveClass(/jp-mod-needs-credential/);
  await panelPicture(panel.root, 'panel-sign-in-again');
});

test('inside the hub', async ({ context, hub }) => {
  const [alice] = hub.users;
  const page = await context.newPage();
  const panel = new ComputePanel(page);
  const notebook = new TypedNotebook(page);
  const card = panel.card('landsat-mosaic');
  await page.setViewportSize({ width: 1280, height: 720 });
  await showHub(page, hub);
  await logIn(page, hub, alice);
  await notebook.create();
  await panel.open();
  const dialog = await panel.newCluster();
  await dialog.name.fill('landsat-mosaic');
  await dialog.adapt(1, 2);
  await dialog.create();
  await card.waitUntil('running');
  await card.waitForWorkers(1);
  await card.insertButton.click();
  await notebook.run(1, 'Client');
  // What JupyterLab asks everybody who is there for the first time.
  await page.getByRole('button', { name: 'No', exact: true }).click();
  await pagePicture(page, 'jupyterlab-in-hub');
  await alice.stopServer();
});
