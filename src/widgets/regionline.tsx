// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Region } from '../_schema';
import { usePanel } from './context';

/** Whether a backend computes beside the data, in a few words; nothing where no region but that of the data is known. */
export function RegionLine(props: {
  region: Region | null;
}): JSX.Element | null {
  const { region } = props;
  const { trans } = usePanel();
  if (!region || (region.verdict === 'unknown' && region.here === null)) {
    return null;
  }
  return (
    <span
      className={`jp-PccomputePanel-region jp-mod-${region.verdict}`}
      title={region.text}
    >
      {inWords(region, trans)}
    </span>
  );
}

function inWords(region: Region, trans: TranslationBundle): string {
  const { there, data, verdict } = region;
  switch (verdict) {
    case 'same':
      return trans.__('%1, beside the data', there ?? data);
    case 'other':
      return trans.__('%1, not beside the data (%2)', there ?? '', data);
    case 'unknown':
      return trans.__('region not known');
  }
}
