// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { usePanel } from './context';
import { formatMoney } from './format';

/** What a cluster costs now and has cost so far; nothing where no prices are known. */
export function CostLine(props: { cluster: Cluster }): JSX.Element | null {
  const { cost, state } = props.cluster;
  const { trans } = usePanel();
  if (!cost) {
    return null;
  }
  const { per_hour, total, currency, at } = cost;
  const ended = state === 'failed' || state === 'stopped';
  if (ended && total === 0) {
    return null;
  }
  const sum = formatMoney(total, currency);
  const parts = [
    per_hour !== null &&
      !ended &&
      trans.__('about %1/h', formatMoney(per_hour, currency)),
    ended ? trans.__('cost about %1', sum) : trans.__('%1 so far', sum)
  ];
  return (
    <div
      className="jp-PccomputePanel-hint jp-PccomputePanel-cost"
      title={trans.__(
        'Estimated with the prices that this server was given, until %1. The bill may differ.',
        new Date(at).toLocaleTimeString(undefined, { timeStyle: 'short' })
      )}
    >
      {parts.filter(Boolean).join(' · ')}
    </div>
  );
}
