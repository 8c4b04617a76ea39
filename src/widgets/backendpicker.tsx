// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Backend } from '../_schema';

/** Properties of `BackendPicker`. */
export interface IBackendPickerProps {
  backends: readonly Backend[];
  value: string;
  onChange: (backend: string) => void;
  trans: TranslationBundle;
}

/** Where the cluster will run: a choice where there is one, else a line that says it. */
export function BackendPicker(props: IBackendPickerProps): JSX.Element {
  const { backends, value, trans } = props;
  const id = React.useId();
  if (backends.length < 2) {
    const label = backends.find(backend => backend.id === value)?.label;
    return (
      <div className="jp-PccomputeForm-hint">
        {trans.__('on %1', label ?? value)}
      </div>
    );
  }
  return (
    <div className="jp-PccomputeForm-item">
      <label className="jp-PccomputeForm-label" htmlFor={id}>
        {trans.__('Where')}
      </label>
      <select
        id={id}
        value={value}
        onChange={event => props.onChange(event.target.value)}
      >
        {backends.map(backend => (
          <option
            key={backend.id}
            value={backend.id}
            disabled={backend.state !== 'ready' && backend.id !== value}
          >
            {backend.state === 'ready'
              ? backend.label
              : trans.__('%1 (not ready)', backend.label)}
          </option>
        ))}
      </select>
    </div>
  );
}
