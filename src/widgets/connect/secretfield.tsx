// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** Properties of `SecretField`. */
export interface ISecretFieldProps {
  label: string;
  /** The element, which alone holds what is typed: it goes into no state. */
  field: React.RefObject<HTMLInputElement>;
  /** Whether it holds something. */
  onFilled: (filled: boolean) => void;
  /** What to say while it is empty, once the person tried to go on. */
  missing: string | null;
  className?: string;
}

/** A field for a credential. What is typed is in the element only, and is gone from it when the field goes. */
export function SecretField(props: ISecretFieldProps): JSX.Element {
  const { field, missing } = props;
  const id = React.useId();
  const [tried, setTried] = React.useState(false);
  React.useEffect(() => {
    const element = field.current;
    return () => {
      if (element) {
        element.value = '';
      }
    };
  }, [field]);
  const error = tried ? missing : null;
  return (
    <div className="jp-PccomputeForm-item">
      <label className="jp-PccomputeForm-label" htmlFor={id}>
        {props.label}
      </label>
      <input
        ref={field}
        id={id}
        className={`jp-PccomputeForm-input ${props.className ?? ''}`.trim()}
        type="password"
        autoComplete="off"
        spellCheck={false}
        maxLength={4096}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-error`}
        data-problem={missing ? '' : undefined}
        onChange={event => props.onFilled(event.target.value.trim() !== '')}
        onInvalid={() => setTried(true)}
      />
      <div
        id={`${id}-error`}
        className="jp-PccomputeForm-error"
        hidden={!error}
      >
        {error}
      </div>
    </div>
  );
}
