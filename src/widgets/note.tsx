// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** Properties of `Note`. */
export interface INoteProps {
  kind: 'info' | 'warning' | 'error';
  children: React.ReactNode;
  /** What the reader can do about it: a button or two. */
  action?: React.ReactNode;
  /** Read aloud at once, for what answers the reader's own doing. */
  alert?: boolean;
}

/**
 * A short message beside what it is about.
 *
 * Its class is not `jp-mod-error`: a JupyterLab dialog takes that for a form that can't be submitted.
 */
export function Note(props: INoteProps): JSX.Element {
  return (
    <div
      className={`jp-PccomputeNote jp-mod-tone-${props.kind}`}
      role={props.alert ? 'alert' : undefined}
    >
      <div className="jp-PccomputeNote-text">{props.children}</div>
      {props.action && (
        <div className="jp-PccomputeNote-action">{props.action}</div>
      )}
    </div>
  );
}
