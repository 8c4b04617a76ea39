// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Event } from '@jupyterlab/services';
import type { ITranslator } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type {
  Backend,
  BackendEvent,
  BackendProblem,
  Cluster,
  ClusterEvent,
  CreateCluster,
  LeftoverList,
  LogList,
  Offers,
  OptionsForm,
  Snippet,
  WorkerInfo
} from './_schema';
import type { IComputeApi } from './api';
import { Burst } from './manager/burst';
import { Changes } from './manager/changes';
import { ServerEvents } from './manager/events';
import { Gateways } from './manager/gateways';
import { ServerLink } from './manager/link';
import { Loader } from './manager/loader';
import { plotsOf } from './manager/plots';
import { ClusterState } from './manager/state';
import { VersionHints } from './manager/versionhints';
import type {
  Connection,
  IClusterManager,
  IDashboardPlot,
  IGateways,
  ScalingRequest
} from './tokens';

/** How many lines of each log are asked for unless somebody says otherwise. */
const LOG_LINES = 500;

/** Keeps `ClusterState` true by lists and events, and sends what is asked of the server. */
export class ClusterManager implements IClusterManager {
  constructor(options: ClusterManager.IOptions) {
    this._api = options.api;
    const trans = (options.translator ?? nullTranslator).load('pccompute_ext');
    this._changes = new Changes(this._api, this._state, trans);
    this._link = new ServerLink(this._api, trans);
    this._loader = new Loader(this._api, this._link, this._state);
    this.gateways = new Gateways(this._api.gateways, this._state, () =>
      this.refresh()
    );
    this.versionHints = new VersionHints(this._api, this._state);
    this._events = new ServerEvents(options.events);
    this._events.clusterTold.connect(this._onClusterTold, this);
    this._events.backendTold.connect(this._onBackendTold, this);
    this._state.clustersChanged.connect(this._onClustersChanged, this);
    this._state.backendsChanged.connect(this._onBackendsChanged, this);
    this._link.changed.connect(this._onConnectionChanged, this);
    this.ready = this.refresh().catch(() => undefined);
  }

  readonly ready: Promise<void>;
  readonly gateways: IGateways;
  readonly versionHints: VersionHints;

  get connection(): Connection {
    return this._link.connection;
  }

  get problem(): string | null {
    return this._link.problem;
  }

  get backends(): readonly Backend[] {
    return this._state.backends;
  }

  get clusters(): readonly Cluster[] {
    return this._state.clusters;
  }

  get problems(): readonly BackendProblem[] {
    return this._state.problems;
  }

  get clustersChanged(): ISignal<this, void> {
    return this._clustersChanged;
  }

  get backendsChanged(): ISignal<this, void> {
    return this._backendsChanged;
  }

  get connectionChanged(): ISignal<this, Connection> {
    return this._connectionChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._loader.dispose();
    this._events.dispose();
    this._burst.dispose();
    this.versionHints.dispose();
    this._state.dispose();
    this._link.dispose();
    Signal.clearData(this);
  }

  cluster(id: string): Cluster | undefined {
    return this._state.cluster(id);
  }

  backend(id: string): Backend | undefined {
    return this._state.backend(id);
  }

  look(viewer: object, looking: boolean): void {
    this._loader.look(viewer, looking);
  }

  refresh(): Promise<void> {
    return this._loader.refresh();
  }

  /** Ask again if somebody looks: something may have happened that no event told of. */
  recheck(): void {
    if (this._loader.lookedAt) {
      this.refresh().catch(() => undefined);
    }
  }

  options(backend: string): Promise<OptionsForm> {
    return this._api.options(backend);
  }

  offers(
    backend: string,
    options: { [name: string]: unknown }
  ): Promise<Offers> {
    return this._api.offers(backend, { options });
  }

  leftovers(backend: string): Promise<LeftoverList> {
    return this._api.leftovers(backend);
  }

  create(request: CreateCluster, replaced?: string): Promise<Cluster> {
    return this._changes.create(request, replaced);
  }

  rename(id: string, label: string | null): Promise<Cluster> {
    return this._changes.rename(id, label);
  }

  scale(id: string, scaling: ScalingRequest): Promise<Cluster> {
    return this._changes.scale(id, scaling);
  }

  stop(id: string): Promise<void> {
    return this._changes.stop(id);
  }

  deleteLeftover(backend: string, leftover: string): Promise<Cluster> {
    return this._changes.deleteLeftover(backend, leftover);
  }

  async snippets(
    id: string,
    taken: readonly string[] = []
  ): Promise<Snippet[]> {
    await this._state.creations.awaited(id);
    return (await this._api.snippets(id, taken)).snippets;
  }

  async newClusterSnippets(
    { backend, options, scaling }: CreateCluster,
    taken: readonly string[] = []
  ): Promise<Snippet[]> {
    const request = { options, scaling, taken: [...taken] };
    return (await this._api.newClusterSnippets(backend, request)).snippets;
  }

  async workers(id: string): Promise<WorkerInfo[]> {
    return (await this._api.workers(id)).workers;
  }

  logs(id: string, lines: number = LOG_LINES): Promise<LogList> {
    return this._api.logs(id, lines);
  }

  async plots(id: string): Promise<IDashboardPlot[]> {
    return plotsOf(await this._api.plots(id));
  }

  dashboardUrl(id: string, path: string = ''): string {
    return this._api.dashboardUrl(id, path);
  }

  private _onClusterTold(_: ServerEvents, event: ClusterEvent): void {
    if (event.cluster) {
      this._state.known.tell(event.cluster);
    }
    if (event.removed) {
      this._state.known.forget(event.removed);
    }
    this._burst.call();
  }

  private _onBackendTold(
    _: ServerEvents,
    { backend, removed }: BackendEvent
  ): void {
    if (backend) {
      this._state.putBackend(backend);
    }
    if (removed) {
      this._state.removeBackend(removed);
    }
  }

  private _onClustersChanged(): void {
    this._clustersChanged.emit();
  }

  private _onBackendsChanged(): void {
    this._backendsChanged.emit();
  }

  private _onConnectionChanged(_: ServerLink, connection: Connection): void {
    this._connectionChanged.emit(connection);
  }

  private readonly _state = new ClusterState();
  private readonly _burst = new Burst(() => this._state.publish());
  private readonly _api: IComputeApi;
  private readonly _changes: Changes;
  private readonly _link: ServerLink;
  private readonly _loader: Loader;
  private readonly _events: ServerEvents;
  private _isDisposed = false;
  private readonly _clustersChanged = new Signal<this, void>(this);
  private readonly _backendsChanged = new Signal<this, void>(this);
  private readonly _connectionChanged = new Signal<this, Connection>(this);
}

export namespace ClusterManager {
  export interface IOptions {
    api: IComputeApi;
    /** The stream of all the server's events. */
    events: Event.Stream;
    translator?: ITranslator;
  }
}
