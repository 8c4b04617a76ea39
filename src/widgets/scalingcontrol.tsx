// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { ScalingRequest } from '../tokens';
import { ModeSwitch } from './modeswitch';
import { NumberField } from './numberfield';
import {
  fromThumbs,
  type IScalingDraft,
  type IScalingErrors,
  readDraft,
  sliderEnd,
  thumbsOf,
  topOf
} from './scaling';
import { WorkersSlider } from './slider';

/** Properties of `ScalingControl`. */
export interface IScalingControlProps {
  /** The name of the cluster, for screen readers. */
  name: string;
  value: ScalingRequest;
  /** The most workers that the backend allows, where it is known. */
  limit: number | null;
  /** How many workers there are now: what switching to a fixed size keeps. */
  current?: number | null;
  /** Once for a choice. */
  onChoose: (next: ScalingRequest) => void;
  /** For forms: take each sound value while it is typed, and tell whether the fields are sound. */
  onSound?: (sound: boolean) => void;
  /** What stands beside the switch. */
  children?: React.ReactNode;
  trans: TranslationBundle;
}

type Field = keyof IScalingErrors;

/**
 * How a cluster's size is set: a switch for the mode, a slider, and a number field beside each of its ends.
 *
 * While a hand is on it, it shows what the hand does; else it shows `value`.
 */
export function ScalingControl(props: IScalingControlProps): JSX.Element {
  const { name, value, limit, trans, onSound } = props;
  const errorId = React.useId();
  const [moving, setMoving] = React.useState<number[] | null>(null);
  const [typed, setTyped] = React.useState<Partial<IScalingDraft>>({});
  const [errors, setErrors] = React.useState<IScalingErrors>({});

  // What each mode was last, so that switching back and forth loses nothing.
  const last = React.useRef<{ [mode: string]: ScalingRequest }>({});
  last.current[value.mode] = value;

  // Under a moving hand the slider keeps its length.
  const end = React.useRef(1);
  if (moving === null) {
    end.current = sliderEnd(limit, topOf(value));
  }

  const shown = moving === null ? value : fromThumbs(value.mode, moving);
  const thumbs = thumbsOf(shown);
  const adaptive = value.mode === 'adaptive';
  const texts: IScalingDraft = {
    mode: value.mode,
    minimum: String(adaptive ? thumbs[0] : 0),
    maximum: String(adaptive ? thumbs[1] : 1),
    count: String(thumbs[0]),
    ...typed
  };

  const clear = (): void => {
    setTyped({});
    setErrors({});
    onSound?.(true);
  };
  const choose = (next: ScalingRequest): void => {
    setMoving(null);
    clear();
    props.onChoose(next);
  };
  const switchTo = (mode: ScalingRequest['mode']): void => {
    const top = topOf(value);
    choose(
      mode === 'manual'
        ? { mode, count: props.current ?? countOf(last.current.manual) ?? top }
        : (last.current.adaptive ?? {
            mode,
            minimum: 0,
            maximum: Math.max(1, top)
          })
    );
  };

  const type = (field: Field, text: string): void => {
    const next = { ...typed, [field]: text };
    setTyped(next);
    if (onSound) {
      const read = readDraft({ ...texts, ...next }, trans);
      setErrors('errors' in read ? read.errors : {});
      onSound('request' in read);
      if ('request' in read) {
        props.onChoose(read.request);
      }
    }
  };
  const done = (): void => {
    if (Object.keys(typed).length === 0) {
      return;
    }
    const read = readDraft(texts, trans);
    if ('errors' in read) {
      setErrors(read.errors);
    } else {
      choose(read.request);
    }
  };

  const field = (key: Field, label: string): JSX.Element => (
    <NumberField
      label={label}
      text={texts[key]}
      errorId={errors[key] ? errorId : undefined}
      onType={text => type(key, text)}
      onDone={done}
      onUndo={clear}
    />
  );
  const thumb = (label: string, workers: number) => ({
    label,
    valueText: trans._n('%1 worker', '%1 workers', workers)
  });
  const words = {
    minimum: trans.__('Minimum workers of %1', name),
    maximum: trans.__('Maximum workers of %1', name),
    count: trans.__('Workers of %1', name)
  };
  const problem = errors.minimum ?? errors.maximum ?? errors.count;

  return (
    <div className="jp-PccomputeScaling">
      <div className="jp-PccomputeScaling-mode">
        <ModeSwitch
          label={trans.__('How %1 scales', name)}
          mode={value.mode}
          onChange={switchTo}
          trans={trans}
        />
        {props.children}
      </div>
      <div className="jp-PccomputeScaling-row">
        {adaptive && field('minimum', words.minimum)}
        <WorkersSlider
          values={thumbs}
          end={end.current}
          limit={limit}
          thumbs={
            adaptive
              ? [
                  thumb(words.minimum, thumbs[0]),
                  thumb(words.maximum, thumbs[1])
                ]
              : [thumb(words.count, thumbs[0])]
          }
          onHold={() => setMoving(thumbs)}
          onMove={next => {
            clear();
            setMoving(next);
          }}
          onChoose={next => choose(fromThumbs(value.mode, next))}
          onRelease={() => setMoving(null)}
        />
        {adaptive
          ? field('maximum', words.maximum)
          : field('count', words.count)}
      </div>
      {problem && (
        <div id={errorId} className="jp-PccomputeScaling-error" role="alert">
          {problem}
        </div>
      )}
    </div>
  );
}

function countOf(scaling: ScalingRequest | undefined): number | undefined {
  return scaling?.mode === 'manual' ? scaling.count : undefined;
}
