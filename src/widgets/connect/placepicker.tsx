// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { CredentialPlace, PutCredential } from '../../_schema';

/** The place that a credential is kept at unless another is chosen. */
export function firstPlace(
  places: readonly CredentialPlace[]
): PutCredential['store'] {
  return places.find(place => place.available)?.kind ?? null;
}

/** Properties of `PlacePicker`. */
export interface IPlacePickerProps {
  places: readonly CredentialPlace[];
  value: PutCredential['store'];
  onChange: (place: CredentialPlace['kind']) => void;
  trans: TranslationBundle;
}

/** Where to keep a credential: the places that the server allows, each with what it is, or why it can't be. */
export function PlacePicker(props: IPlacePickerProps): JSX.Element {
  const { places, value, trans } = props;
  const group = React.useId();
  return (
    <fieldset className="jp-PccomputeConnect-places">
      <legend className="jp-PccomputeForm-label">
        {trans.__('Keep it in')}
      </legend>
      {places.map(place => (
        <label key={place.kind} className="jp-PccomputeConnect-place">
          <input
            type="radio"
            name={group}
            value={place.kind}
            checked={value === place.kind}
            disabled={!place.available}
            onChange={() => props.onChange(place.kind)}
          />
          <span>
            {place.title}
            <span className="jp-PccomputeForm-hint">
              {place.available ? place.where : place.reason}
            </span>
          </span>
        </label>
      ))}
      {places.length === 0 && (
        <div className="jp-PccomputeForm-hint">
          {trans.__('The administrator of this server allows no place for it.')}
        </div>
      )}
    </fieldset>
  );
}
