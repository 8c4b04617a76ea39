// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JSONObject } from '@lumino/coreutils';

const SECRET = /pass|secret|token|key|credential|auth/i;

/**
 * The options of a cluster without what may be secret, for places that others can read.
 *
 * Mappings are left out altogether: environment variables often hold credentials.
 */
export function publicOptions(
  options: { [name: string]: unknown } | undefined
): JSONObject {
  const kept = Object.entries(options ?? {}).filter(
    ([name, value]) =>
      !SECRET.test(name) &&
      (typeof value !== 'object' || value === null || Array.isArray(value))
  );
  return Object.fromEntries(kept) as JSONObject;
}
