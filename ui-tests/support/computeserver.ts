import { expect, type APIRequestContext } from '@playwright/test';

/** What tests read of a cluster's public model. */
export interface ICluster {
  id: string;
  backend: string;
  name: string;
  label: string | null;
  state: string;
  scaling: {
    mode: string;
    minimum: number | null;
    maximum: number | null;
    count: number | null;
  } | null;
}

/** A request for a cluster, as the REST API takes it. */
export interface IRequest {
  backend?: string;
  label?: string;
  options?: Record<string, unknown>;
  scaling?: Record<string, unknown>;
}

/** The id of the backend that Dask's configuration names. */
export const CONFIGURED = 'gateway';

/** The REST API of the extension: it prepares what a test is not about, and cleans up. */
export class ComputeServer {
  constructor(private readonly _request: APIRequestContext) {}

  async clusters(): Promise<ICluster[]> {
    const response = await this._request.get('pccompute/clusters', {
      failOnStatusCode: true
    });
    return ((await response.json()) as { clusters: ICluster[] }).clusters;
  }

  async create(request: IRequest = {}): Promise<ICluster> {
    const response = await this._request.post('pccompute/clusters', {
      data: { backend: CONFIGURED, ...request },
      failOnStatusCode: true
    });
    return (await response.json()) as ICluster;
  }

  /** Create a cluster and wait until it runs. */
  async createRunning(request: IRequest = {}): Promise<ICluster> {
    const { id } = await this.create(request);
    return this.waitFor(id, 'running');
  }

  /** Wait until a cluster is in a state. */
  async waitFor(id: string, state: string): Promise<ICluster> {
    const find = async () =>
      (await this.clusters()).find(cluster => cluster.id === id);
    await expect
      .poll(async () => (await find())?.state, { timeout: 90_000 })
      .toBe(state);
    return (await find())!;
  }

  /** Forget the gateways that a user added; clusters that are left there are ended with a credential of that user. */
  async forgetGateways(credential: string): Promise<void> {
    const response = await this._request.get('pccompute/backends', {
      failOnStatusCode: true
    });
    const { backends } = (await response.json()) as {
      backends: { id: string; editable: boolean }[];
    };
    for (const { id, editable } of backends) {
      if (editable) {
        const path = `pccompute/backends/${id}`;
        await this._request.put(`${path}/credential`, {
          data: { value: credential, store: 'session' },
          failOnStatusCode: true
        });
        await this.clear();
        await this._request.delete(path, { failOnStatusCode: true });
      }
    }
  }

  /** End every cluster, and wait until none is listed. */
  async clear(): Promise<void> {
    await expect(async () => {
      const clusters = await this.clusters();
      for (const { id, state } of clusters) {
        if (state !== 'stopping') {
          await this._request.delete(`pccompute/clusters/${id}`);
        }
      }
      expect(clusters).toEqual([]);
    }).toPass({ timeout: 90_000, intervals: [250] });
  }
}
