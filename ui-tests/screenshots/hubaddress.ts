import type { Page } from '@playwright/test';
import { readAccess } from '../support/gateway';
import type { Hub } from '../support/hub';

/** What the pictures show of the test hub: on this machine its addresses are ports and folders that nobody knows. */
function shownFor(hub: Hub): [string, string][] {
  const { host } = new URL(hub.url);
  const proxy = hub.proxyAddress.replace('gateway://', '');
  const data = `${process.env.PCCOMPUTE_UI_HOME}/data`;
  return [
    [hub.proxyAddress, 'gateway://hub.example.org:8786'],
    [`gateway://${host}`, 'gateway://hub.example.org:443'],
    [hub.url, 'https://hub.example.org'],
    [host, 'hub.example.org'],
    [proxy, 'hub.example.org:8786'],
    ['127.0.0.1 is 127.0.0.1', 'hub.example.org is 203.0.113.7'],
    ['"127.0.0.1"', '"hub.example.org"'],
    [readAccess().address, 'https://gateway.example.org'],
    [data, '/home/alice/.local/share/jupyter']
  ];
}

/** Show a hub at an address such as users have, in all that the extension tells; what is sent is as it would be. */
export async function showHub(page: Page, hub: Hub): Promise<void> {
  const shown = shownFor(hub);
  const outward = (text: string): string =>
    shown.reduce((now, [own, other]) => now.replaceAll(own, other), text);
  const inward = (text: string): string =>
    shown.reduce((now, [own, other]) => now.replaceAll(other, own), text);
  await page.route(/\/pccompute\/(?!.*dashboard)/, async route => {
    const sent = route.request().postData();
    const response = await route.fetch({
      postData: sent === null ? undefined : inward(sent)
    });
    await route.fulfill({ response, body: outward(await response.text()) });
  });
  await page.routeWebSocket(/\/api\/events\/subscribe/, socket => {
    const server = socket.connectToServer();
    server.onMessage(message => socket.send(outward(String(message))));
  });
}
