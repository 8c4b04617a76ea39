// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** Properties of `TextField`. */
export interface ITextFieldProps {
  label: string;
  /** Stands beside the label. */
  hint?: string;
  /** Stands below the field. */
  description?: React.ReactNode;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with the value; said once the person has left the field or tried to go on. */
  error?: string | null;
  className?: string;
  maxLength?: number;
  url?: boolean;
}

/** A text field with its label and what there is to say about it. */
export function TextField(props: ITextFieldProps): JSX.Element {
  const id = React.useId();
  const [left, setLeft] = React.useState(false);
  const error = left ? props.error : null;
  return (
    <div className="jp-PccomputeForm-item">
      <label className="jp-PccomputeForm-label" htmlFor={id}>
        {props.label}
        {props.hint && (
          <span className="jp-PccomputeForm-hint"> {props.hint}</span>
        )}
      </label>
      <input
        id={id}
        className={`jp-PccomputeForm-input ${props.className ?? ''}`.trim()}
        type="text"
        inputMode={props.url ? 'url' : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={props.maxLength ?? 2000}
        placeholder={props.placeholder}
        value={props.value}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-error ${id}-description`}
        data-problem={props.error ? '' : undefined}
        onChange={event => props.onChange(event.target.value)}
        onBlur={() => setLeft(true)}
        onInvalid={() => setLeft(true)}
      />
      <div
        id={`${id}-error`}
        className="jp-PccomputeForm-error"
        hidden={!error}
      >
        {error}
      </div>
      {props.description && (
        <div id={`${id}-description`} className="jp-PccomputeForm-hint">
          {props.description}
        </div>
      )}
    </div>
  );
}
