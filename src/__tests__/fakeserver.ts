// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Event } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import { Stream } from '@lumino/signaling';
import type {
  AdaptCluster,
  Backend,
  Cluster,
  ClusterList,
  CreateCluster,
  LeftoverList,
  LogList,
  NewClusterCode,
  Offers,
  OffersQuestion,
  OptionsForm,
  ScaleCluster,
  Snippet,
  SnippetList,
  UpdateCluster,
  VersionReport,
  WorkerList
} from '../_schema';
import type { IComputeApi } from '../api';
import type { IGatewaysApi } from '../api/gateways';
import { VERSION } from '../version';

/** A cluster that runs, with whatever a test wants different. */
export function aCluster(change: Partial<Cluster> = {}): Cluster {
  return {
    id: '00000000000000a1',
    backend: 'hub',
    name: 'a1b2c3d4',
    label: null,
    state: 'running',
    reason: null,
    created: '2026-01-02T03:04:05Z',
    starting: null,
    progress: [],
    remains: [],
    options: {},
    workers: { ready: 1, arriving: 0, requested: 1, reason: null },
    cores: 1,
    memory: { limit: 1024, used: null },
    tasks: null,
    scaling: {
      mode: 'manual',
      minimum: null,
      maximum: null,
      count: 1,
      limit: null,
      source: 'scheduler',
      confirmed: true,
      warning: null
    },
    idle: null,
    cost: null,
    clients: null,
    used_by: [],
    dashboard: null,
    live: { kind: 'stream', reason: null, connectable: null },
    stale: false,
    ...change
  };
}

export function aSnippet(change: Partial<Snippet> = {}): Snippet {
  return {
    id: 'connect',
    title: 'Connect',
    description: 'In a notebook.',
    language: 'python',
    code: 'client = cluster.get_client()\n',
    filename: null,
    links: [],
    names: { cluster: 'cluster', client: 'client' },
    ...change
  };
}

export function aBackend(change: Partial<Backend> = {}): Backend {
  return {
    id: 'hub',
    kind: 'gateway',
    label: 'Hub',
    address: null,
    state: 'ready',
    reason: null,
    editable: false,
    credential: null,
    region: null,
    account: null,
    finds_leftovers: false,
    ...change
  };
}

/** A server that lists what a test puts into it, and answers changes when the test says so. */
export class FakeApi implements IComputeApi {
  version = VERSION;
  listed: ClusterList = { clusters: [], problems: [] };
  known: Backend[] = [aBackend()];
  /** What each request was: its name and arguments. */
  readonly calls: [string, ...unknown[]][] = [];
  /** The answers that are still owed, oldest first. */
  readonly owed: PromiseDelegate<unknown>[] = [];
  /** Thrown by every request while set. */
  failure: Error | null = null;
  /** While set, lists are made but arrive only when this resolves. */
  delay: PromiseDelegate<void> | null = null;

  count(name: string): number {
    return this.calls.filter(call => call[0] === name).length;
  }

  /** Every answer of these is owed. */
  readonly gateways: IGatewaysApi = {
    form: () => this._later('form'),
    preset: hub => this._later('preset', hub),
    definition: id => this._later('definition', id),
    add: gateway => this._later('add', gateway),
    change: (id, gateway) => this._later('change', id, gateway),
    forget: id => this._later('forget', id),
    signIn: (id, credential) => this._later('signIn', id, credential),
    deleteCredential: id => this._later('deleteCredential', id),
    check: (id, request) => this._later('check', id, request)
  };

  handshake() {
    return this._now('handshake', {
      version: this.version,
      capabilities: []
    });
  }
  backends() {
    return this._now('backends', { backends: this.known });
  }
  options(backend: string): Promise<OptionsForm> {
    return this._later('options', backend);
  }
  offers(backend: string, question: OffersQuestion): Promise<Offers> {
    return this._later('offers', backend, question);
  }
  leftovers(backend: string): Promise<LeftoverList> {
    return this._later('leftovers', backend);
  }
  deleteLeftover(backend: string, leftover: string): Promise<Cluster> {
    return this._later('deleteLeftover', backend, leftover);
  }
  async clusters() {
    const list = await this._now('clusters', this.listed);
    await this.delay?.promise;
    return list;
  }
  create(request: CreateCluster): Promise<Cluster> {
    return this._later('create', request);
  }
  update(id: string, change: UpdateCluster): Promise<Cluster> {
    return this._later('update', id, change);
  }
  scale(id: string, request: ScaleCluster): Promise<Cluster> {
    return this._later('scale', id, request);
  }
  adapt(id: string, request: AdaptCluster): Promise<Cluster> {
    return this._later('adapt', id, request);
  }
  stop(id: string): Promise<void> {
    return this._later('stop', id);
  }
  snippets(id: string, taken: readonly string[]): Promise<SnippetList> {
    return this._later('snippets', id, taken);
  }
  newClusterSnippets(
    backend: string,
    request: NewClusterCode
  ): Promise<SnippetList> {
    return this._later('newClusterSnippets', backend, request);
  }
  workers(id: string): Promise<WorkerList> {
    return this._later('workers', id);
  }
  logs(id: string, lines: number): Promise<LogList> {
    return this._later('logs', id, lines);
  }
  versions(id: string, kernel: string): Promise<VersionReport> {
    return this._later('versions', id, kernel);
  }
  plots(id: string): Promise<{ [title: string]: string }> {
    return this._later('plots', id);
  }
  dashboardUrl(id: string, path: string): string {
    return `http://127.0.0.1/pccompute/clusters/${id}/dashboard/${path}`;
  }

  private _now<T>(name: string, answer: T): Promise<T> {
    this.calls.push([name]);
    return this.failure
      ? Promise.reject(this.failure)
      : Promise.resolve(answer);
  }

  private _later<T>(name: string, ...args: unknown[]): Promise<T> {
    this.calls.push([name, ...args]);
    const answer = new PromiseDelegate<unknown>();
    this.owed.push(answer);
    return answer.promise as Promise<T>;
  }
}

/** The event stream of a server, into which a test puts events. */
export function eventStream(): Stream<Event.IManager, Event.Emission> {
  return new Stream({} as Event.IManager);
}

/** Let every promise that can go on do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}
