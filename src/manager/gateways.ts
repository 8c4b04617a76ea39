// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  Backend,
  CheckReport,
  CheckStep,
  ConnectForm,
  CredentialStatus,
  GatewayDefinition,
  Preset,
  PutCredential,
  SaveGateway
} from '../_schema';
import type { IGatewaysApi } from '../api/gateways';
import type { IGateways } from '../tokens';
import type { ClusterState } from './state';

/** Sends what concerns the ways to the backends, and keeps the list of backends true to the answers. */
export class Gateways implements IGateways {
  /**
   * @param refresh - Asks for everything: clusters come into sight with a gateway or a credential, and go with it.
   */
  constructor(
    private readonly _api: IGatewaysApi,
    private readonly _state: ClusterState,
    private readonly _refresh: () => Promise<void>
  ) {}

  form(): Promise<ConnectForm> {
    return this._api.form();
  }

  preset(hub: string): Promise<Preset> {
    return this._api.preset(hub);
  }

  definition(backend: string): Promise<GatewayDefinition> {
    return this._api.definition(backend);
  }

  async add(gateway: SaveGateway): Promise<Backend> {
    return this._take(await this._api.add(gateway));
  }

  async change(backend: string, gateway: SaveGateway): Promise<Backend> {
    return this._take(await this._api.change(backend, gateway));
  }

  async forget(backend: string): Promise<void> {
    await this._api.forget(backend);
    this._state.removeBackend(backend);
    this._recheck();
  }

  async signIn(
    backend: string,
    credential: PutCredential
  ): Promise<CredentialStatus> {
    const status = await this._api.signIn(backend, credential);
    this._recheck();
    return status;
  }

  async deleteCredential(backend: string): Promise<void> {
    await this._api.deleteCredential(backend);
    this._recheck();
  }

  check(
    backend: string,
    kernel: string | null = null,
    onStep: (step: CheckStep) => void = () => undefined
  ): Promise<CheckReport> {
    return this._api.check(backend, { kernel }, onStep);
  }

  private _take(backend: Backend): Backend {
    this._state.putBackend(backend);
    this._recheck();
    return backend;
  }

  private _recheck(): void {
    // The panel tells where this fails; what was asked for succeeded.
    this._refresh().catch(() => undefined);
  }
}
