// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { ScalingRequest } from '../tokens';

type Mode = ScalingRequest['mode'];

/** Properties of `ModeSwitch`. */
export interface IModeSwitchProps {
  label: string;
  mode: Mode;
  onChange: (mode: Mode) => void;
  trans: TranslationBundle;
}

/** Adaptive or of a fixed size: two radio buttons that look like one segmented control. */
export function ModeSwitch(props: IModeSwitchProps): JSX.Element {
  const { mode, trans } = props;
  const group = React.useId();
  const choices: { value: Mode; label: string; title: string }[] = [
    {
      value: 'adaptive',
      label: trans.__('Adaptive'),
      title: trans.__('Grows and shrinks with its work')
    },
    {
      value: 'manual',
      label: trans.__('Fixed size'),
      title: trans.__('Keeps the same number of workers')
    }
  ];
  return (
    <div
      className="jp-PccomputeModeSwitch"
      role="radiogroup"
      aria-label={props.label}
    >
      {choices.map(choice => (
        <label
          key={choice.value}
          className="jp-PccomputeModeSwitch-choice"
          title={choice.title}
        >
          <input
            type="radio"
            className="jp-PccomputeModeSwitch-input"
            name={group}
            value={choice.value}
            checked={mode === choice.value}
            onChange={() => props.onChange(choice.value)}
          />
          <span className="jp-PccomputeModeSwitch-label">{choice.label}</span>
        </label>
      ))}
    </div>
  );
}
