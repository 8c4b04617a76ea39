// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import type {
  Backend,
  BackendProblem,
  Cluster,
  OptionsForm,
  VersionDifference
} from '../../_schema';
import {
  CommandIDs,
  type Connection,
  type IClusterManager,
  type IGateways,
  type IVersionHints
} from '../../tokens';

/** Hints that a test gives. */
export class FakeHints implements IVersionHints {
  readonly changed = new Signal<this, string>(this);
  private readonly _hints = new Map<string, readonly VersionDifference[]>();

  of(cluster: string): readonly VersionDifference[] {
    return this._hints.get(cluster) ?? [];
  }
  give(cluster: string, differences: readonly VersionDifference[]): void {
    this._hints.set(cluster, differences);
    this.changed.emit(cluster);
  }
  compare = unexpected;
  dismiss = unexpected;
}

/** A manager that holds what a test puts into it. */
export class FakeManager implements IClusterManager {
  readonly ready = Promise.resolve();
  connection: Connection = 'ready';
  problem: string | null = null;
  backends: Backend[] = [];
  clusters: Cluster[] = [];
  problems: BackendProblem[] = [];
  readonly clustersChanged = new Signal<this, void>(this);
  readonly backendsChanged = new Signal<this, void>(this);
  readonly connectionChanged = new Signal<this, Connection>(this);
  readonly looks: boolean[] = [];
  isDisposed = false;

  /** Change what is known, and tell. */
  set(
    change: Partial<Pick<FakeManager, 'backends' | 'clusters' | 'problems'>>
  ) {
    Object.assign(this, change);
    this.clustersChanged.emit();
  }

  cluster(id: string): Cluster | undefined {
    return this.clusters.find(cluster => cluster.id === id);
  }
  backend(id: string): Backend | undefined {
    return this.backends.find(backend => backend.id === id);
  }
  look(_viewer: object, looking: boolean): void {
    this.looks.push(looking);
  }
  options(_backend: string): Promise<OptionsForm> {
    return Promise.reject(new Error('This test has no options'));
  }
  /** A test replaces what it needs. */
  offers: IClusterManager['offers'] = () =>
    Promise.resolve({ values: {}, reason: null });
  leftovers: IClusterManager['leftovers'] = () =>
    Promise.resolve({ leftovers: [], looked_into: [], reason: null });
  deleteLeftover = unexpected;
  refresh = () => Promise.resolve();
  create = unexpected;
  rename = unexpected;
  scale = unexpected;
  stop = unexpected;
  /** A test replaces what it needs. */
  snippets: IClusterManager['snippets'] = unexpected;
  newClusterSnippets: IClusterManager['newClusterSnippets'] = unexpected;
  workers: IClusterManager['workers'] = () => Promise.resolve([]);
  logs: IClusterManager['logs'] = () =>
    Promise.resolve({ sources: [], problem: null });
  plots: IClusterManager['plots'] = () => Promise.resolve([]);
  dashboardUrl(id: string, path: string = ''): string {
    return `http://127.0.0.1/pccompute/clusters/${id}/dashboard/${path}`;
  }
  /** A test replaces what it needs. */
  gateways: IGateways = {
    form: unexpected,
    preset: unexpected,
    definition: unexpected,
    add: unexpected,
    change: unexpected,
    forget: unexpected,
    signIn: unexpected,
    deleteCredential: unexpected,
    check: unexpected
  };
  versionHints = new FakeHints();
  dispose(): void {
    this.isDisposed = true;
  }
}

/** A manager that knows of nothing. */
export function emptyManager(): FakeManager {
  return new FakeManager();
}

/** Views execute commands; they never call these. */
function unexpected(): never {
  throw new Error('A view called the manager instead of a command');
}

/** A command that was executed, and its arguments. */
export interface IExecuted {
  command: string;
  args: unknown;
}

/** A registry whose commands only note that they were executed; `answer` may make them wait or fail. */
export function fakeCommands(
  answer: (executed: IExecuted) => unknown = () => undefined
): { commands: CommandRegistry; executed: IExecuted[] } {
  const commands = new CommandRegistry();
  const executed: IExecuted[] = [];
  for (const command of Object.values(CommandIDs)) {
    commands.addCommand(command, {
      execute: args => {
        const call = { command, args };
        executed.push(call);
        return answer(call);
      }
    });
  }
  return { commands, executed };
}

/** A backend that is ready, with changes. */
export function backendWith(change: Partial<Backend> = {}): Backend {
  return {
    id: 'hub',
    kind: 'gateway',
    label: 'Planetary hub',
    address: 'https://hub.example.org/services/dask-gateway',
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

/** A running adaptive cluster, with changes. */
export function clusterWith(change: Partial<Cluster> = {}): Cluster {
  return {
    id: '0123456789abcdef',
    backend: 'hub',
    name: '9f86d081',
    label: 'landsat-mosaic',
    state: 'running',
    reason: null,
    created: new Date(Date.now() - 14 * 60_000).toISOString(),
    starting: null,
    progress: [],
    remains: [],
    options: {},
    workers: { ready: 6, arriving: 4, requested: 10, reason: null },
    cores: 24,
    memory: { limit: 96 * 2 ** 30, used: 59 * 2 ** 30 },
    tasks: { processing: 1204, waiting: 0, erred: 0 },
    scaling: {
      mode: 'adaptive',
      minimum: 2,
      maximum: 20,
      count: null,
      limit: null,
      source: 'scheduler',
      confirmed: true,
      warning: null
    },
    idle: null,
    cost: null,
    clients: 1,
    used_by: [],
    dashboard: null,
    live: { kind: 'stream', reason: null, connectable: true },
    stale: false,
    ...change
  };
}

/** The scaling of `clusterWith`, with changes. */
export function scalingWith(
  change: Partial<NonNullable<Cluster['scaling']>>
): NonNullable<Cluster['scaling']> {
  const { scaling } = clusterWith();
  if (!scaling) {
    throw new Error('The sample cluster scales');
  }
  return { ...scaling, ...change };
}

/** The options of the Planetary Computer's gateway. */
export const optionsForm: OptionsForm = {
  schema: {
    type: 'object',
    properties: {
      worker_cores: {
        type: 'number',
        title: 'Worker Cores',
        minimum: 0.1,
        maximum: 8,
        default: 1
      },
      worker_memory: {
        type: 'number',
        title: 'Worker Memory (GiB)',
        minimum: 1,
        maximum: 64,
        default: 8
      },
      image: { type: 'string', title: 'Image', default: '' },
      gpu: { type: 'boolean', title: 'GPU', default: false },
      environment: {
        type: 'object',
        title: 'Environment Variables',
        additionalProperties: true,
        default: {}
      }
    },
    additionalProperties: false
  },
  defaults: {
    worker_cores: 1,
    worker_memory: 8,
    image: 'mcr.microsoft.com/planetary-computer/python:2026.10',
    gpu: false,
    environment: {}
  },
  limit: null,
  presets: []
};
