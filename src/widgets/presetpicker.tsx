// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { JSONExt, type JSONObject } from '@lumino/coreutils';
import React from 'react';
import type { OptionsForm, OptionsPreset } from '../_schema';

/** Properties of `PresetPicker`. */
export interface IPresetPickerProps {
  form: OptionsForm;
  values: JSONObject;
  onChoose: (values: JSONObject) => void;
  trans: TranslationBundle;
}

/** The values of `<option>`s that are no preset; ids of presets are never that long. */
const DEFAULTS = '(the defaults of the backend)';
const OTHER = '(values that are no preset)';

/** The sets of values to which an operator has given names; nothing where there are none. */
export function PresetPicker(props: IPresetPickerProps): JSX.Element | null {
  const { form, values, trans } = props;
  const id = React.useId();
  const { presets, defaults } = form;
  if (presets.length === 0) {
    return null;
  }
  const fits = (preset: JSONObject): boolean =>
    JSONExt.deepEqual(preset, values);
  const chosen =
    presets.find(preset => fits(valuesOf(preset, form)))?.id ??
    (fits(defaults as JSONObject) ? DEFAULTS : OTHER);
  const choose = (value: string): void => {
    const preset = presets.find(each => each.id === value);
    props.onChoose(
      preset ? valuesOf(preset, form) : ({ ...defaults } as JSONObject)
    );
  };
  return (
    <div className="jp-PccomputeForm-item">
      <label className="jp-PccomputeForm-label" htmlFor={id}>
        {trans.__('Preset')}
      </label>
      <select
        id={id}
        value={chosen}
        onChange={event => choose(event.target.value)}
      >
        {chosen === OTHER && (
          <option value={OTHER}>{trans.__('As chosen below')}</option>
        )}
        <option value={DEFAULTS}>{trans.__('Defaults')}</option>
        {presets.map(preset => (
          <option key={preset.id} value={preset.id}>
            {preset.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** All values that a preset stands for. */
function valuesOf(preset: OptionsPreset, form: OptionsForm): JSONObject {
  return { ...form.defaults, ...preset.options } as JSONObject;
}
