import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { APIRequestContext } from '@playwright/test';

/** What `serve.py` wrote down. */
interface IAccess {
  address: string;
  username: string;
  password: string;
  /** What a Jupyter server needs in its environment to use the gateway, and to be ended with it. */
  env: { [name: string]: string };
}

/** Read that, once the tests' server has started. */
export function readAccess(): IAccess {
  const home = process.env.PCCOMPUTE_UI_HOME ?? '';
  const file = path.join(home, 'private', 'gateway.json');
  return JSON.parse(readFileSync(file, 'utf8')) as IAccess;
}

/** An image whose clusters stay pending; the other images of the test gateway. */
export const STUCK_IMAGE = 'stuck';
/** An image whose clusters fail to start. */
export const BROKEN_IMAGE = 'broken';
/** An image with which the gateway refuses to create a cluster. */
export const REFUSED_IMAGE = 'refused';

/** The most workers of one cluster. */
export const MAX_WORKERS = 2;

/** The gateway as the same person uses it elsewhere, in a script for instance: its own API, and nothing of ours. */
export class Gateway {
  constructor(private readonly _request: APIRequestContext) {}

  /** Submit a cluster and return its full name. */
  async create(options: Record<string, unknown> = {}): Promise<string> {
    const answer = await this._send('POST', '', { cluster_options: options });
    return (answer as { name: string }).name;
  }

  async adapt(name: string, minimum: number, maximum: number): Promise<void> {
    await this._send('POST', `${name}/adapt`, {
      minimum,
      maximum,
      active: true
    });
  }

  async stop(name: string): Promise<void> {
    await this._send('DELETE', name);
  }

  /** The full names of the clusters that pend, run or stop. */
  async names(): Promise<string[]> {
    const query = '?status=PENDING,RUNNING,STOPPING';
    return Object.keys((await this._send('GET', query)) as object);
  }

  private async _send(
    method: string,
    rest: string,
    data?: unknown
  ): Promise<unknown> {
    const { address, username, password } = this._access;
    const credential = Buffer.from(`${username}:${password}`).toString(
      'base64'
    );
    const response = await this._request.fetch(
      `${address}/api/v1/clusters/${rest}`,
      {
        method,
        data,
        headers: { Authorization: `Basic ${credential}` },
        failOnStatusCode: true
      }
    );
    const text = await response.text();
    return text ? JSON.parse(text) : null;
  }

  private readonly _access = readAccess();
}
