// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** Properties of `NumberField`. */
export interface INumberFieldProps {
  label: string;
  text: string;
  /** The id of the element that says what is wrong; set while something is. */
  errorId?: string;
  onType: (text: string) => void;
  /** Enter was pressed, or the focus left. */
  onDone: () => void;
  /** Escape was pressed. */
  onUndo: () => void;
}

/**
 * A small field for a number of workers.
 *
 * It is a text field on purpose: what was typed stays, also where it is no number, and can be talked about.
 */
export function NumberField(props: INumberFieldProps): JSX.Element {
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'Enter') {
      props.onDone();
    } else if (event.key === 'Escape') {
      props.onUndo();
    }
  };
  return (
    <input
      className="jp-PccomputeScaling-field"
      type="text"
      inputMode="numeric"
      autoComplete="off"
      aria-label={props.label}
      aria-invalid={props.errorId !== undefined}
      aria-describedby={props.errorId}
      value={props.text}
      onChange={event => props.onType(event.target.value)}
      onFocus={event => event.target.select()}
      onBlur={props.onDone}
      onKeyDown={onKeyDown}
    />
  );
}
