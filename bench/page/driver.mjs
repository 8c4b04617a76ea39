// A browser with one page, steered by lines of JSON on standard input: each names a function of `commands` and its argument, and is answered with a
// line that holds `result` or `error`. It ends with its input.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from '../../ui-tests/node_modules/playwright-core/index.mjs';

const browser = await chromium.launch({
  executablePath: process.env.PCCOMPUTE_CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync'
  ]
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(90_000);
await page.addInitScript({
  content: readFileSync(new URL('instruments.js', import.meta.url), 'utf8')
});

const commands = {
  open: async ({ url }) => {
    await page.goto(url);
  },
  click: async ({ selector }) => {
    await page.locator(selector).first().click();
  },
  waitFor: async ({ selector, state }) => {
    await page.locator(selector).first().waitFor({ state });
  },
  wheel: async ({ selector, pixels }) => {
    await page.locator(selector).first().hover();
    await page.mouse.wheel(0, pixels);
  },
  evaluate: ({ expression }) => page.evaluate(expression),
  // Answers requests to addresses that hold a text, until `unstub`.
  stub: async ({ part, body }) => {
    await page.route(
      url => url.href.includes(part),
      route => route.fulfill({ contentType: 'application/json', body })
    );
  },
  unstub: () => page.unrouteAll()
};

try {
  console.log(JSON.stringify({ result: 'ready' }));
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, ...argument } = JSON.parse(line);
    try {
      const result = await commands[command](argument);
      console.log(JSON.stringify({ result: result ?? null }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  }
} finally {
  await browser.close();
}
