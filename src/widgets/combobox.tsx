// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import { useSuggestions } from './usesuggestions';

/** Properties of `Combobox`. */
export interface IComboboxProps {
  id: string;
  value: string;
  /** What can be chosen, none for a field like any other; anything else can be typed. */
  suggestions: readonly string[];
  /** What screen readers say that the list is. */
  label: string;
  inputMode?: 'decimal';
  invalid: boolean;
  /** Ids of the elements that say more. */
  describedBy?: string;
  onChange: (value: string) => void;
}

/**
 * A text field that suggests values as soon as there are some; they may come while somebody types.
 *
 * Unlike the browser's own, its list shows all suggestions where a value was there before anybody typed.
 */
export function Combobox(props: IComboboxProps): JSX.Element {
  const { id, value, suggestions, onChange } = props;
  const list = useSuggestions(value, suggestions, onChange);
  const listId = `${id}__list`;
  const optionId = (index: number): string => `${id}__option${index}`;
  const suggests = suggestions.length > 0;
  const active = React.useRef<HTMLLIElement>(null);
  React.useEffect(() => active.current?.scrollIntoView?.({ block: 'nearest' }));
  return (
    <div className="jp-PccomputeCombobox">
      <input
        id={id}
        className="jp-PccomputeForm-input"
        type="text"
        role={suggests ? 'combobox' : undefined}
        inputMode={props.inputMode}
        autoComplete="off"
        spellCheck={false}
        value={value}
        aria-autocomplete={suggests ? 'list' : undefined}
        aria-expanded={suggests ? list.open : undefined}
        aria-controls={list.open ? listId : undefined}
        aria-activedescendant={
          list.open && list.active >= 0 ? optionId(list.active) : undefined
        }
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        onChange={event => list.type(event.target.value)}
        onKeyDown={list.onKeyDown}
        onClick={list.show}
        onBlur={list.hide}
      />
      {suggests && (
        <span className="jp-PccomputeCombobox-caret" aria-hidden="true" />
      )}
      {list.open && (
        <ul
          id={listId}
          className="jp-PccomputeCombobox-list"
          role="listbox"
          aria-label={props.label}
        >
          {list.shown.map((suggestion, index) => (
            <li
              key={suggestion}
              id={optionId(index)}
              ref={index === list.active ? active : undefined}
              role="option"
              aria-selected={index === list.active}
              // Before the field loses the focus, with which the list would go.
              onMouseDown={event => {
                event.preventDefault();
                list.choose(suggestion);
              }}
            >
              {suggestion}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
