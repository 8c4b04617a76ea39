import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { readAccess } from './gateway';

/** The project's own directory. */
export const ROOT = path.resolve(__dirname, '..', '..');

/** What sets a JupyterLab apart from that of all other tests. */
export interface ILabOptions {
  /** Its configuration, a file of this directory. */
  config?: string;
  environment?: { [name: string]: string };
}

/**
 * The environment with which a JupyterLab knows an extension that `make browser` puts into a directory of its own.
 * One that is not told of this directory knows nothing of it.
 */
export function withExtension(name: string): { [name: string]: string } {
  const directory = path.join(ROOT, '.make', name);
  return {
    JUPYTER_CONFIG_PATH: path.join(directory, 'etc', 'jupyter'),
    JUPYTER_PATH: path.join(directory, 'share', 'jupyter'),
    PYTHONPATH: directory
  };
}

/** A second JupyterLab on the same gateway, for tests that need one that is set up in another way. */
export class Lab {
  /** Start one, whose files are in a directory of this name, and wait until it answers. */
  static async start(name: string, options: ILabOptions = {}): Promise<Lab> {
    const lab = new Lab(
      path.join(process.env.PCCOMPUTE_UI_HOME!, name),
      execFileSync(path.join(ROOT, 'scripts', 'free-port.py'), {
        encoding: 'utf8'
      }).trim(),
      options
    );
    await lab._answers();
    return lab;
  }

  private constructor(
    private readonly _home: string,
    port: string,
    options: ILabOptions
  ) {
    mkdirSync(_home, { recursive: true });
    this.url = `http://127.0.0.1:${port}`;
    this._log = path.join(_home, 'lab.log');
    const log = openSync(this._log, 'a');
    const config = options.config ?? 'jupyter_server_test_config.py';
    this._child = spawn('python', ['-m', 'jupyterlab', '--config', config], {
      cwd: path.join(ROOT, 'ui-tests'),
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        // With a mark, by which it also ends if this process can't end it.
        ...readAccess().env,
        PCCOMPUTE_UI_HOME: _home,
        PCCOMPUTE_UI_PORT: port,
        JUPYTER_CONFIG_DIR: path.join(_home, 'config'),
        JUPYTER_DATA_DIR: this.data,
        JUPYTER_RUNTIME_DIR: path.join(_home, 'runtime'),
        DASK_CONFIG: path.join(_home, 'dask'),
        ...options.environment
      }
    });
  }

  /** Without a slash at the end. */
  readonly url: string;

  /** Where the server keeps what is to survive it. */
  get data(): string {
    return path.join(this._home, 'data');
  }

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
