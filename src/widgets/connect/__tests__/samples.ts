// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  CheckReport,
  ConnectForm,
  CredentialStatus,
  Preset
} from '../../../_schema';

/** What an error of the server looks like to views. */
export function refusal(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

export const connectForm: ConnectForm = {
  user_gateways: true,
  allowed_addresses: null,
  auth_types: [
    { id: 'jupyterhub', title: 'JupyterHub token', credential: 'token' },
    { id: 'basic', title: 'User and password', credential: 'password' }
  ],
  places: [
    {
      kind: 'keyring',
      title: 'Keyring of the system',
      where: 'the keyring of the operating system',
      available: false,
      reason: 'There is no keyring here.'
    },
    {
      kind: 'file',
      title: 'Private file',
      where: 'a private file in the data directory',
      available: true,
      reason: null
    },
    {
      kind: 'session',
      title: 'This session only',
      where: 'the memory of this server',
      available: true,
      reason: null
    }
  ]
};

export const hubPreset: Preset = {
  label: 'hub.example.org',
  hub: 'https://hub.example.org/',
  address: 'https://hub.example.org/services/dask-gateway',
  proxy_address: 'gateway://hub.example.org:443',
  auth: 'jupyterhub',
  token_page: 'https://hub.example.org/hub/token',
  scopes: ['access:services!service=dask-gateway']
};

/** The credential of a backend that has none yet, with changes. */
export function credentialWith(
  change: Partial<CredentialStatus> = {}
): CredentialStatus {
  return {
    kind: 'token',
    origin: 'https://hub.example.org:443',
    present: false,
    usable: false,
    source: null,
    where: null,
    removable: true,
    user: null,
    scopes: null,
    expires: null,
    expires_soon: false,
    token_page: 'https://hub.example.org/hub/token',
    warning: null,
    ...change
  };
}

/** A credential that was verified and kept, with changes. */
export function keptWith(
  change: Partial<CredentialStatus> = {}
): CredentialStatus {
  return credentialWith({
    present: true,
    usable: true,
    source: 'file',
    where: 'a private file in the data directory',
    user: 'alice@example.org',
    ...change
  });
}

export const report: CheckReport = {
  backend: 'hub',
  text: 'pccompute 0.1.0\n[ ok ] Address answers\n',
  steps: [
    {
      id: 'address',
      title: 'Address answers',
      state: 'passed',
      detail: 'TLS 1.3',
      advice: null,
      milliseconds: 41
    },
    {
      id: 'proxy',
      title: 'The scheduler port does not answer',
      state: 'failed',
      detail: 'hub.example.org:8786 timed out after 5 s.',
      advice: 'Ask your network’s administrator to open the port.',
      milliseconds: 5000
    },
    {
      id: 'region',
      title: 'Region unknown',
      state: 'skipped',
      detail: 'The address does not name it.',
      advice: null,
      milliseconds: 0
    }
  ]
};
