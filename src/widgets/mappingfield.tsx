// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { addIcon, closeIcon } from '@jupyterlab/ui-components';
import type { FieldProps } from '@rjsf/utils';
import React from 'react';
import { Button, IconButton } from './buttons';
import type { IOptionsContext } from './optionfields';

/** A line of the editor; `value` stays what it was, text or not, until it is typed over. */
interface IRow {
  key: number;
  name: string;
  value: unknown;
}

/** Edits a mapping, such as environment variables, as lines of a name and a value. */
export function MappingField(props: FieldProps): JSX.Element {
  const { trans, onProblem } = props.formContext as IOptionsContext;
  const title = props.schema.title ?? props.name;
  const id = props.idSchema.$id;
  const nextKey = React.useRef(0);
  const newRow = (name = '', value: unknown = ''): IRow => ({
    key: nextKey.current++,
    name,
    value
  });
  const [rows, setRows] = React.useState<IRow[]>(() =>
    Object.entries((props.formData ?? {}) as object).map(([name, value]) =>
      newRow(name, value)
    )
  );
  const list = React.useRef<HTMLDivElement>(null);

  const change = (next: IRow[]): void => {
    setRows(next);
    const problem = problemOf(next, trans);
    onProblem(props.name, problem);
    if (problem === null) {
      const named = next.filter(row => row.name !== '');
      props.onChange(
        Object.fromEntries(named.map(({ name, value }) => [name, value]))
      );
    }
  };
  const edit = (row: IRow, changes: Partial<IRow>): void =>
    change(
      rows.map(other =>
        other.key === row.key ? { ...other, ...changes } : other
      )
    );
  const add = (): void => {
    change([...rows, newRow()]);
    // The new line's name is what comes next.
    window.requestAnimationFrame(() => {
      const names = list.current?.querySelectorAll<HTMLInputElement>(
        '.jp-PccomputeForm-mappingName'
      );
      names?.[names.length - 1]?.focus();
    });
  };
  const problem = problemOf(rows, trans);

  return (
    <div
      role="group"
      aria-labelledby={`${id}__title`}
      className="jp-PccomputeForm-mapping"
    >
      <div id={`${id}__title`} className="jp-PccomputeForm-label">
        {title}
        <span className="jp-PccomputeForm-hint">
          {' '}
          {rows.length === 0
            ? trans.__('none set')
            : trans._n('%1 set', '%1 set', rows.length)}
        </span>
      </div>
      <div
        ref={list}
        className="jp-PccomputeForm-mappingRows"
        hidden={rows.length === 0}
      >
        {rows.map((row, index) => (
          <div key={row.key} className="jp-PccomputeForm-mappingRow">
            <input
              className="jp-PccomputeForm-input jp-PccomputeForm-mappingName"
              type="text"
              autoComplete="off"
              spellCheck={false}
              placeholder={trans.__('Name')}
              aria-label={trans.__('Name %1 of %2', index + 1, title)}
              value={row.name}
              onChange={event => edit(row, { name: event.target.value })}
            />
            <input
              className="jp-PccomputeForm-input"
              type="text"
              autoComplete="off"
              spellCheck={false}
              placeholder={trans.__('Value')}
              aria-label={trans.__('Value %1 of %2', index + 1, title)}
              value={
                typeof row.value === 'string'
                  ? row.value
                  : JSON.stringify(row.value)
              }
              onChange={event => edit(row, { value: event.target.value })}
            />
            <IconButton
              icon={closeIcon}
              label={trans.__('Remove %1', row.name || trans.__('this entry'))}
              onClick={() => change(rows.filter(other => other !== row))}
            />
          </div>
        ))}
      </div>
      {problem && (
        <div className="jp-PccomputeForm-error" role="alert">
          {problem}
        </div>
      )}
      <Button label={trans.__('Add to %1', title)} onClick={add}>
        <addIcon.react tag="span" elementPosition="center" />
        {trans.__('Add')}
      </Button>
    </div>
  );
}

/** Why the rows are no mapping; an empty row is none either, but does no harm. */
function problemOf(rows: IRow[], trans: TranslationBundle): string | null {
  if (rows.some(row => row.name === '' && row.value !== '')) {
    return trans.__('Each value needs a name');
  }
  const names = rows.map(row => row.name).filter(name => name !== '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice ? trans.__('%1 is there twice', twice) : null;
}
