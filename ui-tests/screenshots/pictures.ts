import path from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator, Page, PageScreenshotOptions } from '@playwright/test';

const FOLDER = path.resolve(__dirname, '..', '..', 'docs', 'images');

/** Where the panel says that the gateway is; on this machine it would be a port that nobody knows. */
const SHOWN_ADDRESS = 'https://hub.example.org/services/dask-gateway';

const options = (name: string): PageScreenshotOptions => ({
  path: path.join(FOLDER, `${name}.png`),
  animations: 'disabled',
  caret: 'hide'
});

/** Take a picture of all of a page for the documentation. */
export async function pagePicture(page: Page, name: string): Promise<void> {
  await moveAway(page);
  await page.screenshot(options(name));
}

/** Take a picture of one element. */
export async function picture(element: Locator, name: string): Promise<void> {
  await moveAway(element.page());
  await element.screenshot(options(name));
}

/** Take a picture of the panel, without the empty space below its last line. */
export async function panelPicture(
  panel: Locator,
  name: string
): Promise<void> {
  await moveAway(panel.page());
  const box = (await panel.boundingBox())!;
  const last = (await panel.locator('section').last().boundingBox())!;
  const height = Math.min(box.height, last.y + last.height - box.y);
  await panel.page().screenshot({
    ...options(name),
    clip: { ...box, height }
  });
}

/** Take the pointer from where it changes how things look. */
async function moveAway(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
}

/** Take a picture in each theme, and leave the light one. */
export async function inBothThemes(
  page: IJupyterLabPageFixture,
  take: (theme: string) => Promise<void>
): Promise<void> {
  for (const theme of ['Dark', 'Light']) {
    await page.theme.setTheme(`JupyterLab ${theme}`);
    await take(theme.toLowerCase());
  }
}

/** Show the gateway at an address such as users have; nothing else is changed. */
export async function showAddress(page: Page): Promise<void> {
  await page.route(/\/pccompute\/backends(\?.*)?$/, async route => {
    const response = await route.fetch();
    const { backends } = (await response.json()) as {
      backends: { kind: string; address: string }[];
    };
    for (const backend of backends) {
      if (backend.kind === 'gateway') {
        backend.address = SHOWN_ADDRESS;
      }
    }
    await route.fulfill({ response, json: { backends } });
  });
}
