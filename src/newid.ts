// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

/** A new cluster's id, sixteen hexadecimal digits: with it a request can be sent again without making a second cluster. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
