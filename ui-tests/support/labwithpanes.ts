import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { readAccess } from './gateway';

const ROOT = path.resolve(__dirname, '..', '..');

/** Where `make browser` puts dask-labextension. A JupyterLab that is not told of this directory knows nothing of it. */
const EXTENSION = path.join(ROOT, '.make', 'dask-labextension');

/** A second JupyterLab on the same gateway, with both halves of dask-labextension: all other tests are without. */
export class LabWithPanes {
  /** Start one, and wait until it answers. */
  static async start(): Promise<LabWithPanes> {
    const lab = new LabWithPanes(
      path.join(process.env.PCCOMPUTE_UI_HOME!, 'dask-panes'),
      execFileSync(path.join(ROOT, 'scripts', 'free-port.py'), {
        encoding: 'utf8'
      }).trim()
    );
    await lab._answers();
    return lab;
  }

  private constructor(home: string, port: string) {
    mkdirSync(home, { recursive: true });
    this.url = `http://127.0.0.1:${port}`;
    this._log = path.join(home, 'lab.log');
    const log = openSync(this._log, 'a');
    this._child = spawn(
      'python',
      ['-m', 'jupyterlab', '--config', 'jupyter_server_test_config.py'],
      {
        cwd: path.join(ROOT, 'ui-tests'),
        stdio: ['ignore', log, log],
        env: {
          ...process.env,
          // With a mark, by which it also ends if this process can't end it.
          ...readAccess().env,
          PCCOMPUTE_UI_HOME: home,
          PCCOMPUTE_UI_PORT: port,
          JUPYTER_CONFIG_DIR: path.join(home, 'config'),
          JUPYTER_DATA_DIR: path.join(home, 'data'),
          JUPYTER_RUNTIME_DIR: path.join(home, 'runtime'),
          DASK_CONFIG: path.join(home, 'dask'),
          JUPYTER_CONFIG_PATH: path.join(EXTENSION, 'etc', 'jupyter'),
          JUPYTER_PATH: path.join(EXTENSION, 'share', 'jupyter'),
          PYTHONPATH: EXTENSION
        }
      }
    );
  }

  /** Without a slash at the end. */
  readonly url: string;

  /** End it, and wait until it has ended. */
  async stop(): Promise<void> {
    if (this._child.exitCode === null) {
      const ended = once(this._child, 'exit');
      this._child.kill('SIGTERM');
      await ended;
    }
  }

  private async _answers(): Promise<void> {
    await expect
      .poll(
        async () =>
          this._child.exitCode !== null ||
          (await fetch(`${this.url}/pccompute/backends`).catch(() => null))?.ok,
        { message: `JupyterLab starts: ${this._log}`, timeout: 180_000 }
      )
      .toBe(true);
    expect(this._child.exitCode, `JupyterLab runs: ${this._log}`).toBeNull();
  }

  private readonly _log: string;
  private readonly _child: ChildProcess;
}
