// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { FormComponent } from '@jupyterlab/ui-components';
import type { JSONObject } from '@lumino/coreutils';
import React from 'react';
import type { OptionsForm as Form } from '../_schema';
import { MappingField } from './mappingfield';
import {
  AnythingField,
  type IOptionsContext,
  OptionInput,
  OptionsTemplate,
  OptionTemplate
} from './optionfields';
import { editingHints, editingSchema, foldedOptions } from './optionsschema';
import { plainErrors, validator } from './optionsvalidation';

const TEMPLATES = {
  FieldTemplate: OptionTemplate,
  ObjectFieldTemplate: OptionsTemplate,
  BaseInputTemplate: OptionInput
};
const FIELDS = { mapping: MappingField, anything: AnythingField };

/** Properties of `OptionsForm`. */
export interface IOptionsFormProps {
  form: Form;
  values: JSONObject;
  onChange: (values: JSONObject) => void;
  onProblem: IOptionsContext['onProblem'];
  suggestions: IOptionsContext['suggestions'];
  trans: TranslationBundle;
}

/** A backend's own options, made from their schema by JupyterLab's form machinery. */
export function OptionsForm(props: IOptionsFormProps): JSX.Element {
  const { form, trans, onProblem, suggestions } = props;
  const schema = React.useMemo(() => editingSchema(form), [form]);
  const hints = React.useMemo(() => editingHints(form), [form]);
  const folded = React.useMemo(() => foldedOptions(form), [form]);
  const plain = React.useMemo(() => plainErrors(trans), [trans]);
  const context = React.useMemo(
    () => ({
      trans,
      onProblem,
      suggestions,
      folded,
      defaultFormData: form.defaults
    }),
    [trans, onProblem, suggestions, folded, form]
  );
  return (
    <FormComponent
      className="jp-PccomputeForm"
      tagName="div"
      idPrefix="jp-PccomputeForm"
      schema={schema}
      uiSchema={hints}
      formData={props.values}
      formContext={context}
      templates={TEMPLATES}
      fields={FIELDS}
      validator={validator}
      transformErrors={plain}
      liveValidate
      showErrorList={false}
      noHtml5Validate
      onChange={({ formData }) =>
        props.onChange((formData ?? {}) as JSONObject)
      }
    />
  );
}
