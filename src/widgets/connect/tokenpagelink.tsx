// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

/** A link to where a person makes a new token. */
export function TokenPageLink(props: {
  url: string;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <a
      className="jp-PccomputeConnect-link"
      href={props.url}
      target="_blank"
      rel="noopener noreferrer"
    >
      {props.trans.__('Make a token on the hub (opens a new tab)')}
    </a>
  );
}
