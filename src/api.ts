// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ServerConnection } from '@jupyterlab/services';
import type {
  AdaptCluster,
  BackendList,
  Cluster,
  ClusterList,
  CreateCluster,
  Handshake,
  LeftoverList,
  LogList,
  NewClusterCode,
  Offers,
  OffersQuestion,
  OptionsForm,
  ScaleCluster,
  SnippetList,
  UpdateCluster,
  VersionReport,
  WorkerList
} from './_schema';
import { GatewaysApi, type IGatewaysApi } from './api/gateways';
import { Requests } from './api/requests';

export { ApiError } from './api/requests';

/** The server extension's REST API, one method a request; all reject with `ApiError`. */
export interface IComputeApi {
  /** What has to do with getting to a backend. */
  readonly gateways: IGatewaysApi;
  handshake(): Promise<Handshake>;
  backends(): Promise<BackendList>;
  options(backend: string): Promise<OptionsForm>;
  offers(backend: string, question: OffersQuestion): Promise<Offers>;
  leftovers(backend: string): Promise<LeftoverList>;
  deleteLeftover(backend: string, leftover: string): Promise<Cluster>;
  clusters(): Promise<ClusterList>;
  create(request: CreateCluster): Promise<Cluster>;
  update(id: string, change: UpdateCluster): Promise<Cluster>;
  scale(id: string, request: ScaleCluster): Promise<Cluster>;
  adapt(id: string, request: AdaptCluster): Promise<Cluster>;
  stop(id: string): Promise<void>;
  /** The ways to a cluster; their code avoids the names that are `taken`. */
  snippets(id: string, taken: readonly string[]): Promise<SnippetList>;
  /** The ways that need no cluster yet, the one that makes it first. */
  newClusterSnippets(
    backend: string,
    request: NewClusterCode
  ): Promise<SnippetList>;
  workers(id: string): Promise<WorkerList>;
  logs(id: string, lines: number): Promise<LogList>;
  versions(id: string, kernel: string): Promise<VersionReport>;
  /** What Dask calls its individual plots: paths by title. */
  plots(id: string): Promise<{ [title: string]: string }>;
  /** Where the server shows what lies at `path` below the root of a cluster's dashboard. */
  dashboardUrl(id: string, path: string): string;
}

/** `IComputeApi` over HTTP. It keeps no state. */
export class ComputeApi implements IComputeApi {
  constructor(settings: ServerConnection.ISettings) {
    this._requests = new Requests(settings);
    this.gateways = new GatewaysApi(this._requests);
  }

  readonly gateways: IGatewaysApi;

  handshake(): Promise<Handshake> {
    return this._requests.send('GET', []);
  }

  backends(): Promise<BackendList> {
    return this._requests.send('GET', ['backends']);
  }

  options(backend: string): Promise<OptionsForm> {
    return this._requests.send('GET', ['backends', backend, 'options']);
  }

  offers(backend: string, question: OffersQuestion): Promise<Offers> {
    return this._requests.send(
      'POST',
      ['backends', backend, 'offers'],
      question
    );
  }

  leftovers(backend: string): Promise<LeftoverList> {
    return this._requests.send('GET', ['backends', backend, 'leftovers']);
  }

  deleteLeftover(backend: string, leftover: string): Promise<Cluster> {
    const path = ['backends', backend, 'leftovers', leftover];
    return this._requests.send('DELETE', path);
  }

  clusters(): Promise<ClusterList> {
    return this._requests.send('GET', ['clusters']);
  }

  create(request: CreateCluster): Promise<Cluster> {
    return this._requests.send('POST', ['clusters'], request);
  }

  update(id: string, change: UpdateCluster): Promise<Cluster> {
    return this._requests.send('PATCH', ['clusters', id], change);
  }

  scale(id: string, request: ScaleCluster): Promise<Cluster> {
    return this._requests.send('POST', ['clusters', id, 'scale'], request);
  }

  adapt(id: string, request: AdaptCluster): Promise<Cluster> {
    return this._requests.send('POST', ['clusters', id, 'adapt'], request);
  }

  stop(id: string): Promise<void> {
    return this._requests.send('DELETE', ['clusters', id]);
  }

  snippets(id: string, taken: readonly string[]): Promise<SnippetList> {
    const query = taken.length > 0 ? { taken: taken.join() } : undefined;
    return this._requests.send(
      'GET',
      ['clusters', id, 'snippets'],
      undefined,
      query
    );
  }

  newClusterSnippets(
    backend: string,
    request: NewClusterCode
  ): Promise<SnippetList> {
    return this._requests.send(
      'POST',
      ['backends', backend, 'snippets'],
      request
    );
  }

  workers(id: string): Promise<WorkerList> {
    return this._requests.send('GET', ['clusters', id, 'workers']);
  }

  logs(id: string, lines: number): Promise<LogList> {
    const query = { lines: String(lines) };
    return this._requests.send(
      'GET',
      ['clusters', id, 'logs'],
      undefined,
      query
    );
  }

  versions(id: string, kernel: string): Promise<VersionReport> {
    const path = ['clusters', id, 'versions'];
    return this._requests.send('GET', path, undefined, { kernel });
  }

  plots(id: string): Promise<{ [title: string]: string }> {
    return this._requests.send('GET', [
      'clusters',
      id,
      'dashboard',
      'individual-plots.json'
    ]);
  }

  dashboardUrl(id: string, path: string): string {
    const root = this._requests.url(['clusters', id, 'dashboard']);
    return `${root}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }

  private readonly _requests: Requests;
}
