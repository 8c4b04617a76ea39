import { expect, type Locator, type Page } from '@playwright/test';

/** More tab stops than there are on a page. */
const MANY = 200;

/** Go on with the tabulator key until an element has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let stops = 0; stops < MANY; stops++) {
    await page.keyboard.press('Tab');
    if (await element.evaluate(node => node === document.activeElement)) {
      return;
    }
  }
  await expect(element).toBeFocused();
}
