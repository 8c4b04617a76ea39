import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What the hub's program prints once everything answers. */
interface IDescription {
  url: string;
  users: string[];
  password: string;
  operator_token: string;
  gateway_address: string;
  proxy_address: string;
  scope: string;
  image: string;
}

/** A token as the hub's token page would show it, once. */
export interface IToken {
  id: string;
  token: string;
}

/** A real JupyterHub with a real Dask Gateway as its service. It ends with the process that started it, however that ends. */
export class Hub {
  /** Start one, and wait until it answers. */
  static async start(): Promise<Hub> {
    const child = spawn('python', ['-m', 'pccompute_ext.testing.hub'], {
      stdio: ['pipe', 'pipe', 'inherit']
    });
    for await (const line of createInterface(child.stdout)) {
      return new Hub(child, JSON.parse(line) as IDescription);
    }
    throw new Error('The hub did not start; what it said is above.');
  }

  private constructor(
    private readonly _child: ChildProcess,
    private readonly _known: IDescription
  ) {}

  /** Where people go, without a slash at the end. */
  get url(): string {
    return this._known.url;
  }

  /** The one password of all users. */
  get password(): string {
    return this._known.password;
  }

  /** The gateway, through the hub's proxy. */
  get gatewayAddress(): string {
    return this._known.gateway_address;
  }

  /** Where the gateway's schedulers are reached. */
  get proxyAddress(): string {
    return this._known.proxy_address;
  }

  /** The one scope that a token needs for the gateway. */
  get scope(): string {
    return this._known.scope;
  }

  /** The image that single-user servers run from, by their environment. */
  get image(): string {
    return this._known.image;
  }

  /** Its users; the first one's name is an e-mail address. */
  get users(): HubUser[] {
    return this._known.users.map(name => new HubUser(this._known, name));
  }

  /** End it, with everything that it started. */
  async stop(): Promise<void> {
    const ended = once(this._child, 'exit');
    this._child.stdin!.end();
    await ended;
  }
}

/** One user of the hub, at its own pages and API. */
export class HubUser {
  constructor(
    private readonly _hub: IDescription,
    readonly name: string
  ) {}

  /** The path of this user's server. */
  get serverPath(): string {
    return `/user/${this.name}/`;
  }

  /** Make a token, as on the token page; it ends after so many seconds, or else never. */
  async mint(scopes: string[], expires_in?: number): Promise<IToken> {
    const auth = { username: this.name, password: this._hub.password };
    const request = { auth, scopes, expires_in };
    return (await this._send('POST', 'tokens', request)) as IToken;
  }

  /** Withdraw a token. */
  async revoke(token: IToken): Promise<void> {
    await this._send('DELETE', `tokens/${token.id}`);
  }

  /** End this user's server. */
  async stopServer(): Promise<void> {
    await this._send('DELETE', 'server');
  }

  /** The full names of this user's clusters at the gateway, as a script elsewhere sees them. */
  async clusters(): Promise<string[]> {
    const query = '?status=PENDING,RUNNING';
    return Object.keys((await this._askGateway('GET', query)) ?? {});
  }

  /** Submit a cluster, as a script elsewhere does, and return its full name. */
  async createCluster(): Promise<string> {
    const request = { cluster_options: {} };
    const answer = await this._askGateway('POST', '', request);
    return (answer as { name: string }).name;
  }

  private async _askGateway(
    method: string,
    rest: string,
    data?: object
  ): Promise<object | null> {
    const { token } = await this.mint([this._hub.scope]);
    const response = await fetch(
      `${this._hub.gateway_address}api/v1/clusters/${rest}`,
      {
        method,
        body: data && JSON.stringify(data),
        headers: {
          'Content-Type': 'application/json',
          Authorization: `jupyterhub ${token}`
        }
      }
    );
    return answerOf(response);
  }

  private async _send(
    method: string,
    path: string,
    data?: object
  ): Promise<unknown> {
    const name = encodeURIComponent(this.name);
    const response = await fetch(
      `${this._hub.url}/hub/api/users/${name}/${path}`,
      {
        method,
        body: data && JSON.stringify(data),
        headers: {
          'Content-Type': 'application/json',
          // A request for a token says itself who asks.
          ...(path !== 'tokens' && {
            Authorization: `token ${this._hub.operator_token}`
          })
        }
      }
    );
    return answerOf(response);
  }
}

async function answerOf(response: Response): Promise<object | null> {
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${response.url} answered ${response.status}: ${text}`);
  }
  return text ? (JSON.parse(text) as object) : null;
}
