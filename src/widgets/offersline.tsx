// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { IKnownOffers } from './useoffers';

/** Properties of `OffersLine`. */
export interface IOffersLineProps {
  offers: IKnownOffers;
  trans: TranslationBundle;
}

/** Why there are no suggestions; said quietly, as all can be typed. */
export function OffersLine(props: IOffersLineProps): JSX.Element {
  const { offers, trans } = props;
  return (
    <div className="jp-PccomputeForm-hint" role="status">
      {offers.reason && !offers.asking
        ? trans.__('%1 What is not suggested can be typed.', offers.reason)
        : ''}
    </div>
  );
}
