// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** A bar for something that takes a time nobody knows. */
export function WaitingBar(props: { label: string }): JSX.Element {
  return (
    <div
      className="jp-PccomputePanel-bar jp-mod-waiting"
      role="progressbar"
      aria-label={props.label}
    >
      <span />
    </div>
  );
}
