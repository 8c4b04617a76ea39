import { expect, type Page } from '@playwright/test';
import type { Hub, HubUser } from '../support/hub';

/** How long the start of a user's server may take on a busy machine (milliseconds). */
const STARTING = 180_000;

/** Log in at a hub, as people do, and wait for the JupyterLab that it starts. */
export async function logIn(
  page: Page,
  hub: Hub,
  user: HubUser
): Promise<void> {
  await page.goto(hub.url);
  await page.getByLabel('Username').fill(user.name);
  await page.getByLabel('Password').fill(hub.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${hub.url}${user.serverPath}lab**`, {
    timeout: STARTING
  });
  await expect(page.locator('#jupyterlab-splash')).toHaveCount(0, {
    timeout: STARTING
  });
}
