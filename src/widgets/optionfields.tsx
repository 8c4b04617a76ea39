// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  BaseInputTemplateProps,
  FieldProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  RJSFSchema
} from '@rjsf/utils';
import React from 'react';
import { Combobox } from './combobox';
import { Note } from './note';

/** What the fields of the form know besides their schema. */
export interface IOptionsContext {
  trans: TranslationBundle;
  /** A field tells what keeps it from having a value; null when it has one. */
  onProblem: (field: string, problem: string | null) => void;
  /** What can be chosen, by field; anything else can be typed. */
  suggestions: { [field: string]: readonly string[] };
  /** The fields that begin folded away. */
  folded: ReadonlySet<string>;
}

/** Whether somebody has been at a field: before that, it is no error that it is empty. */
const Touched = React.createContext(true);

const NONE: readonly string[] = [];

/** The range of a number, to stand beside its label: `0.1–8`. */
function rangeHint(schema: RJSFSchema, trans: TranslationBundle): string {
  const { minimum, maximum } = schema;
  if (minimum !== undefined && maximum !== undefined) {
    return `${minimum}–${maximum}`;
  }
  if (minimum !== undefined) {
    return trans.__('at least %1', minimum);
  }
  return maximum !== undefined ? trans.__('at most %1', maximum) : '';
}

/** An option: its label with a hint, its field, and what is wrong with it. */
export function OptionTemplate(props: FieldTemplateProps): JSX.Element {
  const { id, label, schema, children, rawErrors = [] } = props;
  const { trans } = props.formContext as IOptionsContext;
  const [touched, touch] = React.useReducer(() => true, false);
  const isForm = schema.type === 'object' && !props.uiSchema?.['ui:field'];
  if (props.hidden || isForm) {
    return <>{children}</>;
  }
  const numeric = schema.type === 'number' || schema.type === 'integer';
  const namesItself = schema.type === 'boolean' || schema.type === 'object';
  const hint = numeric ? rangeHint(schema, trans) : '';
  const kind = numeric ? 'number' : String(schema.type);
  const warning = schema['x-warning'] as string | undefined;
  const judged = touched || props.formData !== '';
  return (
    <div
      className={`jp-PccomputeForm-item jp-mod-${kind}`}
      onInput={touch}
      onBlur={touch}
    >
      {!namesItself && (
        <label className="jp-PccomputeForm-label" htmlFor={id}>
          {label}
          {hint && <span className="jp-PccomputeForm-hint"> {hint}</span>}
        </label>
      )}
      <Touched.Provider value={judged}>{children}</Touched.Provider>
      {schema.description && (
        <div className="jp-PccomputeForm-hint">{schema.description}</div>
      )}
      {warning && (
        <div id={`${id}__warning`} role="status">
          {!isExpected(props.formData, schema['x-expected']) && (
            <Note kind="warning">{warning}</Note>
          )}
        </div>
      )}
      {rawErrors.length > 0 && judged && (
        <div id={`${id}__error`} className="jp-PccomputeForm-error">
          {rawErrors.join('. ')}
        </div>
      )}
    </div>
  );
}

/** All options, one below the other; numbers share a line. Those that can stay as they are may be folded away. */
export function OptionsTemplate(props: ObjectFieldTemplateProps): JSX.Element {
  const { trans, folded } = props.formContext as IOptionsContext;
  const options = (away: boolean): JSX.Element => (
    <div className="jp-PccomputeForm-options">
      {props.properties
        .filter(({ name }) => folded.has(name) === away)
        .map(({ name, content }) => (
          <React.Fragment key={name}>{content}</React.Fragment>
        ))}
    </div>
  );
  const wrong = [...folded].some(name => props.errorSchema?.[name]);
  return (
    <>
      {options(false)}
      {folded.size > 0 && (
        // What is wrong must be in sight, or nobody knows why nothing can be created.
        <details className="jp-PccomputeForm-more" open={wrong || undefined}>
          <summary>{trans.__('More options')}</summary>
          {options(true)}
        </details>
      )}
    </>
  );
}

/** A field for text or a number; a text field in both cases, so that nothing typed gets lost. */
export function OptionInput(props: BaseInputTemplateProps): JSX.Element {
  const { id, schema, options, rawErrors = [] } = props;
  const numeric = schema.type === 'number' || schema.type === 'integer';
  const wrong = React.useContext(Touched) && rawErrors.length > 0;
  const describedBy = [
    wrong && `${id}__error`,
    schema['x-warning'] && `${id}__warning`
  ]
    .filter(Boolean)
    .join(' ');
  const change = (text: string): void =>
    props.onChange(text === '' ? options.emptyValue : text);
  const { suggestions, trans } = props.formContext as IOptionsContext;
  return (
    <Combobox
      id={id}
      value={textOf(props.value)}
      suggestions={suggestions[props.name] ?? NONE}
      label={trans.__('Suggestions for %1', props.label)}
      inputMode={numeric ? 'decimal' : undefined}
      invalid={wrong}
      describedBy={describedBy || undefined}
      onChange={change}
    />
  );
}

/** A field for an option of a kind that nobody described: JSON where it reads as such, else text. */
export function AnythingField(props: FieldProps): JSX.Element {
  const [text, setText] = React.useState(textOf(props.formData));
  const change = (next: string): void => {
    setText(next);
    try {
      props.onChange(JSON.parse(next));
    } catch {
      props.onChange(next);
    }
  };
  return (
    <input
      id={props.idSchema.$id}
      className="jp-PccomputeForm-input"
      type="text"
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={event => change(event.target.value)}
    />
  );
}

/** Whether a value is the expected one, in whatever spelling; nobody is warned of a field that is empty. */
function isExpected(value: unknown, expected: unknown): boolean {
  const plain = (text: unknown): string =>
    textOf(text)
      .replace(/[\s_-]+/g, '')
      .toLowerCase();
  return plain(value) === '' || plain(value) === plain(expected);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
