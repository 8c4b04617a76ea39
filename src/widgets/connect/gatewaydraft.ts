// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { GatewayDefinition, Preset, SaveGateway } from '../../_schema';

/** A gateway as it is being typed: every field is a text, empty where nothing is there. */
export type GatewayDraft = { [field in keyof GatewayDefinition]: string };

/** What is wrong with the fields, for people. */
export type DraftProblems = { [field in keyof GatewayDraft]?: string };

const EMPTY: GatewayDraft = {
  label: '',
  address: '',
  proxy_address: '',
  public_address: '',
  auth: '',
  hub: '',
  image: ''
};

/** A draft to start with, from what is known. */
export function draftOf(
  known: Partial<GatewayDefinition> | Preset
): GatewayDraft {
  const draft = { ...EMPTY };
  for (const field of Object.keys(EMPTY) as (keyof GatewayDraft)[]) {
    draft[field] = (known as Partial<GatewayDefinition>)[field] ?? '';
  }
  return draft;
}

/** The request that a draft without problems stands for. */
export function gatewayOf(draft: GatewayDraft): SaveGateway {
  const given = (field: keyof GatewayDraft): string | null =>
    draft[field].trim() || null;
  return {
    label: given('label') ?? defaultLabel(draft.address),
    address: draft.address.trim(),
    proxy_address: given('proxy_address'),
    public_address: given('public_address'),
    auth: draft.auth,
    hub: given('hub'),
    image: given('image')
  };
}

/** The name of a gateway that gets none: its host. */
export function defaultLabel(address: string): string {
  return parsed(address)?.hostname.slice(0, 80) ?? '';
}

/** Where Dask Gateway looks for schedulers unless it is told: at the address's host and port. */
export function defaultProxy(address: string): string {
  const url = parsed(address);
  if (!url) {
    return '';
  }
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `gateway://${url.hostname}:${port}`;
}

/** What is wrong; the server judges the rest. */
export function problemsOf(
  draft: GatewayDraft,
  trans: TranslationBundle
): DraftProblems {
  const problems: DraftProblems = {};
  const set = (field: keyof GatewayDraft, problem: string | null): void => {
    if (problem) {
      problems[field] = problem;
    }
  };
  set(
    'address',
    draft.address.trim()
      ? urlProblem(draft.address, trans)
      : trans.__('Enter the gateway’s address')
  );
  for (const field of ['public_address', 'hub'] as const) {
    set(field, draft[field].trim() ? urlProblem(draft[field], trans) : null);
  }
  set(
    'proxy_address',
    draft.proxy_address.trim()
      ? proxyProblem(draft.proxy_address.trim(), trans)
      : null
  );
  return problems;
}

/** What is wrong with a web address; null where nothing is. */
export function urlProblem(
  text: string,
  trans: TranslationBundle
): string | null {
  const url = parsed(text);
  if (!url) {
    return trans.__('Enter an address that starts with https:// or http://');
  }
  return url.username || url.password || url.search || url.hash
    ? trans.__(
        'Leave out user, password, and anything after ? or #. The credential is entered later.'
      )
    : null;
}

function proxyProblem(text: string, trans: TranslationBundle): string | null {
  return /^((gateway|tls|tcp):\/\/)?[^\s/:@?#]+:\d+\/?$/.test(text) ||
    /^((gateway|tls|tcp):\/\/)?\[[0-9a-f:.]+\]:\d+\/?$/i.test(text)
    ? null
    : trans.__(
        'Enter host and port, such as %1',
        'gateway://hub.example.com:8786'
      );
}

function parsed(text: string): URL | null {
  try {
    const url = new URL(text.trim());
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && url.hostname ? url : null;
  } catch {
    return null;
  }
}
