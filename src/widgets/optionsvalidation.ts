// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { ErrorTransformer, RJSFSchema } from '@rjsf/utils';
// The dialog, the only one to import this, is itself loaded when it is first opened.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { customizeValidator } from '@rjsf/validator-ajv8';
import type { OptionValues } from './optionsschema';

/** The JSON Schema validator of the options. */
export const validator = customizeValidator<ReadonlyJSONObject>();

/** Turns the words of the JSON Schema validator into plain ones; at most one a field. */
export function plainErrors(trans: TranslationBundle): ErrorTransformer {
  return errors => {
    const seen = new Set<string | undefined>();
    return errors
      .filter(({ property }) => !seen.has(property) && seen.add(property))
      .map(error => ({ ...error, message: plainWords(error, trans) }));
  };
}

interface ISchemaError {
  name?: string;
  message?: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  params?: any;
}

function plainWords(error: ISchemaError, trans: TranslationBundle): string {
  const params = (error.params ?? {}) as { limit?: number; type?: string };
  switch (error.name) {
    case 'required':
    case 'minLength':
      return trans.__('Enter a value');
    case 'minimum':
      return trans.__('At least %1', params.limit);
    case 'maximum':
      return trans.__('At most %1', params.limit);
    case 'type':
      if (params.type === 'integer') {
        return trans.__('Enter a whole number');
      }
      return params.type === 'number'
        ? trans.__('Enter a number')
        : trans.__('This value does not fit');
    case 'enum':
      return trans.__('Choose one of the list');
    default:
      return error.message ?? trans.__('This value does not fit');
  }
}

/** Whether all options fit the schema. */
export function areValid(schema: RJSFSchema, values: OptionValues): boolean {
  return validator.isValid(schema, values as ReadonlyJSONObject, schema);
}

/** The values that fit the schema of their option, each judged by itself. */
export function onlyValid(
  properties: { [name: string]: RJSFSchema },
  values: OptionValues
): OptionValues {
  const fitting = Object.entries(values).filter(
    ([name, value]) =>
      name in properties &&
      validator.isValid(
        properties[name],
        value as ReadonlyJSONObject,
        properties[name]
      )
  );
  return Object.fromEntries(fitting);
}
