// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  Backend,
  CheckLine,
  CheckReport,
  CheckRequest,
  CheckStep,
  ConnectForm,
  CredentialStatus,
  GatewayDefinition,
  Preset,
  PutCredential,
  SaveGateway
} from '../_schema';
import { type Requests, unreachable } from './requests';

/** The part of the REST API that gets people to their backends; all reject with `ApiError`. */
export interface IGatewaysApi {
  form(): Promise<ConnectForm>;
  preset(hub: string): Promise<Preset>;
  definition(backend: string): Promise<GatewayDefinition>;
  add(gateway: SaveGateway): Promise<Backend>;
  change(backend: string, gateway: SaveGateway): Promise<Backend>;
  forget(backend: string): Promise<void>;
  signIn(backend: string, credential: PutCredential): Promise<CredentialStatus>;
  deleteCredential(backend: string): Promise<void>;
  check(
    backend: string,
    request: CheckRequest,
    onStep: (step: CheckStep) => void
  ): Promise<CheckReport>;
}

/** `IGatewaysApi` over HTTP. */
export class GatewaysApi implements IGatewaysApi {
  constructor(private readonly _requests: Requests) {}

  form(): Promise<ConnectForm> {
    return this._requests.send('GET', ['connect']);
  }

  preset(hub: string): Promise<Preset> {
    return this._requests.send('POST', ['connect', 'preset'], { hub });
  }

  definition(backend: string): Promise<GatewayDefinition> {
    return this._requests.send('GET', ['backends', backend]);
  }

  add(gateway: SaveGateway): Promise<Backend> {
    return this._requests.send('POST', ['backends'], gateway);
  }

  change(backend: string, gateway: SaveGateway): Promise<Backend> {
    return this._requests.send('PUT', ['backends', backend], gateway);
  }

  forget(backend: string): Promise<void> {
    return this._requests.send('DELETE', ['backends', backend]);
  }

  signIn(
    backend: string,
    credential: PutCredential
  ): Promise<CredentialStatus> {
    const path = ['backends', backend, 'credential'];
    return this._requests.send('PUT', path, credential);
  }

  deleteCredential(backend: string): Promise<void> {
    return this._requests.send('DELETE', ['backends', backend, 'credential']);
  }

  async check(
    backend: string,
    request: CheckRequest,
    onStep: (step: CheckStep) => void
  ): Promise<CheckReport> {
    const path = ['backends', backend, 'check'];
    let last: CheckReport | null = null;
    await this._requests.lines<CheckLine>('POST', path, request, line => {
      if (line.step) {
        onStep(line.step);
      }
      last = line.report ?? last;
    });
    return last ?? Promise.reject(unreachable());
  }
}
