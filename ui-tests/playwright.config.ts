import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.resolve(__dirname, '..');
const home = path.join(root, '.make', 'browser');

// This file is read again by each worker: what the first reading chose is handed on.
if (!process.env.PCCOMPUTE_UI_PORT) {
  process.env.PCCOMPUTE_UI_PORT = execFileSync(
    path.join(root, 'scripts', 'free-port.py'),
    { encoding: 'utf8' }
  ).trim();
  process.env.PCCOMPUTE_UI_HOME = home;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
}
const url = `http://127.0.0.1:${process.env.PCCOMPUTE_UI_PORT}`;
// galata's own fixtures read it from here too.
process.env.TARGET_URL = url;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // One browser at a time, so that small machines give the same result as large ones.
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: process.env.CI ? 1 : 0,
  // Far above what anything takes, for machines that are busy: tests wait for what happens, not for a time.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list', { printSteps: false }]],
  use: {
    baseURL: url,
    actionTimeout: 30_000,
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'off',
    video: 'off',
    launchOptions: {
      executablePath: process.env.PCCOMPUTE_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  },
  webServer: {
    // With no shell in between, it sees when this process is gone.
    command: 'exec python serve.py',
    // Without the server extension no test could pass: then there is no need to begin.
    url: `${url}/pccompute/backends`,
    reuseExistingServer: false,
    // The server ends what it started, an embedded gateway for instance, when it is asked to.
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    timeout: 180_000,
    stdout: 'pipe',
    stderr: 'pipe',
    env: {
      // No setting of the person who runs the tests, and nothing of theirs is written.
      JUPYTER_CONFIG_DIR: path.join(home, 'config'),
      JUPYTER_DATA_DIR: path.join(home, 'data'),
      JUPYTER_RUNTIME_DIR: path.join(home, 'runtime'),
      DASK_CONFIG: path.join(home, 'dask')
    }
  }
});
