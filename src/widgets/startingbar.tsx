// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { WaitingBar } from './waitingbar';

/** Properties of `StartingBar`. */
export interface IStartingBarProps {
  starting: Cluster['starting'];
  label: string;
}

/** How far a start has come, measured against what it usually takes; where that is not known, only that it goes on. */
export function StartingBar(props: IStartingBarProps): JSX.Element {
  const { starting, label } = props;
  if (!starting?.usual_seconds) {
    return <WaitingBar label={label} />;
  }
  const { since, usual_seconds: usual } = starting;
  return (
    <UsualBar
      // An animation that runs can't be set to another time.
      key={`${since} ${usual}`}
      since={since}
      usual={usual}
      label={label}
    />
  );
}

/** A bar that the browser itself moves: the clock costs no rendering. */
function UsualBar(props: {
  since: string;
  usual: number;
  label: string;
}): JSX.Element {
  const [passed] = React.useState(() =>
    Math.max(0, (Date.now() - Date.parse(props.since)) / 1000)
  );
  return (
    // A screen reader hears of the time from the status beside the name.
    <div
      className="jp-PccomputePanel-bar jp-mod-starting"
      role="progressbar"
      aria-label={props.label}
    >
      <span
        style={{
          animationDuration: `${props.usual}s`,
          animationDelay: `${-passed}s`
        }}
      />
    </div>
  );
}
