// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JSONObject, ReadonlyJSONObject } from '@lumino/coreutils';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import type { OptionsForm } from '../_schema';

/** Values of a backend's options, by name. */
export type OptionValues = { [name: string]: unknown };

/** The options that a form describes, by name. */
export function propertiesOf(form: OptionsForm): {
  [name: string]: RJSFSchema;
} {
  const { properties } = form.schema as RJSFSchema;
  return (properties ?? {}) as { [name: string]: RJSFSchema };
}

/**
 * The schema to edit with: every option has to have a value, and none comes back by itself.
 *
 * Without the defaults a field can be cleared to type another value; with all
 * options required, one that stays empty is an error and not a surprise.
 */
export function editingSchema(form: OptionsForm): RJSFSchema {
  const properties = propertiesOf(form);
  const edited = Object.entries(properties).map(([name, property]) => {
    const { default: preset, ...rest } = property;
    // A select without a default would offer an empty choice.
    return [name, rest.enum ? { ...rest, default: preset } : rest] as const;
  });
  return {
    ...form.schema,
    properties: Object.fromEntries(edited),
    required: Object.keys(properties)
  };
}

/** With more options than this, those that can stay as they are begin folded away. */
const MANY = 8;

/** The names of the options that begin folded away: where there are many, and the form says which must be given, all others. */
export function foldedOptions(form: OptionsForm): ReadonlySet<string> {
  const names = Object.keys(propertiesOf(form));
  const { required = [] } = form.schema as RJSFSchema;
  return new Set(
    names.length > MANY && required.length > 0
      ? names.filter(name => !required.includes(name))
      : []
  );
}

/** How each option is edited, where that is not as its type says. */
export function editingHints(form: OptionsForm): UiSchema<ReadonlyJSONObject> {
  const hints: UiSchema<ReadonlyJSONObject> = {};
  for (const [name, property] of Object.entries(propertiesOf(form))) {
    if (property.type === 'object') {
      hints[name] = { 'ui:field': 'mapping' };
    } else if (property.type === undefined && !property.enum) {
      hints[name] = { 'ui:field': 'anything' };
    } else if (property.type === 'string') {
      hints[name] = { 'ui:emptyValue': '' };
    }
  }
  return hints;
}

/** The values to start with: the defaults, and over them those of `values` that the form still has. */
export function startValues(
  form: OptionsForm,
  values: OptionValues
): JSONObject {
  const known = propertiesOf(form);
  const kept = Object.entries(values).filter(([name]) => name in known);
  return { ...form.defaults, ...Object.fromEntries(kept) } as JSONObject;
}
