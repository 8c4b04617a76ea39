// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IComputeApi } from '../api';
import { ApiError } from '../api';
import type { Connection } from '../tokens';
import { VERSION } from '../version';

/** Whether the server extension is there and speaks our version, and if not, why and what to do. */
export class ServerLink {
  constructor(
    private readonly _api: IComputeApi,
    private readonly _trans: TranslationBundle
  ) {}

  get connection(): Connection {
    return this._connection;
  }

  get problem(): string | null {
    return this._problem;
  }

  get changed(): ISignal<this, Connection> {
    return this._changed;
  }

  /** Compare versions. Rejects with code `incompatible` where they don't fit. */
  async shakeHands(): Promise<void> {
    const { version } = await this._api.handshake();
    if (!compatible(VERSION, version)) {
      throw new ApiError(
        this._trans.__(
          'This page has version %1 of pccompute, the Jupyter server runs version %2. Restart the Jupyter server and reload this page; where they still differ, upgrade the package pccompute-ext.',
          VERSION,
          version
        ),
        'incompatible',
        0
      );
    }
  }

  established(): void {
    this._set('ready', null);
  }

  /** Take note that the clusters could not be asked for. */
  lost(error: ApiError): void {
    if (error.code === 'incompatible') {
      this._set('incompatible', error.message);
    } else {
      this._set('unreachable', this._advice(error));
    }
  }

  dispose(): void {
    Signal.clearData(this);
  }

  private _advice(error: ApiError): string {
    if (error.code === 'unreachable') {
      return this._trans.__(
        'The Jupyter server does not answer. The clusters are not affected, and this panel comes back by itself.'
      );
    }
    if (error.code === 'forbidden') {
      return this._trans.__(
        'The Jupyter server does not let you manage clusters. Log in again, or ask whoever runs the server.'
      );
    }
    if (error.code === 'bad-answer' && error.status === 404) {
      return this._trans.__(
        'The server extension pccompute_ext is not running. Install the package pccompute-ext where the Jupyter server is installed, restart the server and reload this page.'
      );
    }
    return error.message;
  }

  private _set(connection: Connection, problem: string | null): void {
    if (this._connection === connection && this._problem === problem) {
      return;
    }
    this._connection = connection;
    this._problem = problem;
    this._changed.emit(connection);
  }

  private _connection: Connection = 'connecting';
  private _problem: string | null = null;
  private readonly _changed = new Signal<this, Connection>(this);
}

/**
 * Whether a front end and a server extension of these versions understand each
 * other: the API may change with the minor version while the major one is 0,
 * later only with the major one.
 */
export function compatible(own: string, server: string): boolean {
  const [major, minor] = own.split('.');
  const [serverMajor, serverMinor] = server.split('.');
  return major === serverMajor && (major !== '0' || minor === serverMinor);
}
