// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import { Note } from './note';

/** Properties of `FoundRegion`. */
export interface IFoundRegionProps {
  className: string;
  busy: boolean;
  /** Why nothing, or not everything, could be found out. */
  problem: string | null;
  children: React.ReactNode;
  trans: TranslationBundle;
}

function Region(
  props: IFoundRegionProps,
  ref: React.ForwardedRef<HTMLDivElement>
): JSX.Element {
  const { className, busy, problem, children, trans } = props;
  return (
    <div
      ref={ref}
      className={`jp-PccomputeConnect-scroll ${className}`}
      role="region"
      aria-label={trans.__('What was found')}
      aria-busy={busy}
      tabIndex={0}
    >
      {problem && (
        <Note kind="error" alert>
          {problem}
        </Note>
      )}
      {children}
    </div>
  );
}

/** The part of a dialog in which stands what was found out; it scrolls, by keyboard too. */
export const FoundRegion = React.forwardRef(Region);
