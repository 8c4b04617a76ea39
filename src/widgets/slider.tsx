// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import * as RadixSlider from '@radix-ui/react-slider';
import React from 'react';

/** How long the keyboard has to rest before a value counts as chosen (milliseconds). */
export const KEYBOARD_REST = 600;

/** Properties of `WorkersSlider`. */
export interface IWorkersSliderProps {
  values: number[];
  /** The upper end; the lower one is 0. */
  end: number;
  /** Where to draw the tick of the backend's limit. */
  limit: number | null;
  /** A label for each thumb, and what its value means. */
  thumbs: { label: string; valueText: string }[];
  /** A hand is on the slider: nothing else should move the thumbs. */
  onHold: () => void;
  onMove: (values: number[]) => void;
  /** Once for a choice: when the thumb is released, or the keyboard rests. */
  onChoose: (values: number[]) => void;
  /** The hand is gone and chose nothing. */
  onRelease: () => void;
}

/** A slider of workers with one thumb or two. */
export function WorkersSlider(props: IWorkersSliderProps): JSX.Element {
  const { end, limit, onChoose } = props;
  const byKeyboard = React.useRef(false);
  const waiting = React.useRef<{ timer: number; values: number[] } | null>(
    null
  );

  const forget = (): void => {
    window.clearTimeout(waiting.current?.timer);
    waiting.current = null;
  };
  const chooseNow = (values: number[]): void => {
    forget();
    onChoose(values);
  };
  // The timer must call what is current when it fires.
  const chooseLater = React.useRef(chooseNow);
  chooseLater.current = chooseNow;
  React.useEffect(() => forget, []);

  const commit = (values: number[]): void => {
    if (!byKeyboard.current) {
      chooseNow(values);
      return;
    }
    forget();
    const timer = window.setTimeout(
      () => chooseLater.current(values),
      KEYBOARD_REST
    );
    waiting.current = { timer, values };
  };

  return (
    <RadixSlider.Root
      className="jp-PccomputeSlider"
      value={props.values}
      min={0}
      max={end}
      step={1}
      onKeyDown={() => {
        byKeyboard.current = true;
      }}
      onPointerDown={() => {
        byKeyboard.current = false;
        forget();
        props.onHold();
      }}
      onLostPointerCapture={props.onRelease}
      onBlur={() => {
        if (waiting.current) {
          chooseNow(waiting.current.values);
        }
      }}
      onValueChange={props.onMove}
      onValueCommit={commit}
    >
      <RadixSlider.Track className="jp-PccomputeSlider-track">
        <RadixSlider.Range className="jp-PccomputeSlider-range" />
      </RadixSlider.Track>
      {limit !== null && (
        <span
          className="jp-PccomputeSlider-limit"
          style={{ insetInlineStart: `${(100 * limit) / end}%` }}
        />
      )}
      {props.thumbs.map((thumb, index) => (
        <RadixSlider.Thumb
          key={index}
          className="jp-PccomputeSlider-thumb"
          aria-label={thumb.label}
          aria-valuetext={thumb.valueText}
        />
      ))}
    </RadixSlider.Root>
  );
}
