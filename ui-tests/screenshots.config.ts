import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Takes the pictures of the documentation, with everything that the tests have at hand. */
export default defineConfig(tests, {
  testDir: 'screenshots',
  retries: 0,
  timeout: 600_000,
  use: { deviceScaleFactor: 2, viewport: { width: 1280, height: 1000 } }
});
