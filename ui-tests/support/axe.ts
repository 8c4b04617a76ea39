import axe from 'axe-core';
import type { Locator } from '@playwright/test';

/** What keeps people out, by axe's rules: each violation in a line, with the elements that it is about. */
export async function violationsIn(element: Locator): Promise<string[]> {
  const page = element.page();
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(axe.source);
  }
  return element.evaluate(async node => {
    const { violations } = await (
      window as unknown as { axe: typeof axe }
    ).axe.run(node as HTMLElement);
    return violations.map(({ id, help, nodes }) => {
      const where = nodes.map(({ html }) => html).join('\n    ');
      return `${id}: ${help}\n    ${where}`;
    });
  });
}
