// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** The most that a list shows; who looks for more types a part of it. */
const MOST = 200;

/** The list below a text field that suggests values. */
export interface ISuggestions {
  readonly open: boolean;
  /** Those that fit what was typed; all, where nothing was typed yet. */
  readonly shown: readonly string[];
  /** The index of the one that Enter takes; -1 where it is none. */
  readonly active: number;
  show(): void;
  hide(): void;
  type(text: string): void;
  choose(suggestion: string): void;
  onKeyDown(event: React.KeyboardEvent): void;
}

/** Keeps which suggestions are shown, and follows the keys. */
export function useSuggestions(
  value: string,
  suggestions: readonly string[],
  onChange: (value: string) => void
): ISuggestions {
  const [wanted, setWanted] = React.useState(false);
  const [typed, setTyped] = React.useState('');
  const [active, setActive] = React.useState(-1);
  const shown = React.useMemo(
    () => fitting(suggestions, typed),
    [suggestions, typed]
  );
  const complete = typed !== '' && shown.length === 1 && shown[0] === value;
  const open = wanted && shown.length > 0 && !complete;

  const hide = (): void => {
    setWanted(false);
    setActive(-1);
    setTyped('');
  };
  const show = (): void => {
    setWanted(true);
    setActive(shown.indexOf(value));
  };
  const choose = (suggestion: string): void => {
    onChange(suggestion);
    hide();
  };
  const step = (by: 1 | -1): void => {
    if (open) {
      const from = active < 0 && by < 0 ? 0 : active;
      setActive((from + by + shown.length) % shown.length);
    } else {
      show();
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (open && event.key === 'Escape') {
      hide();
    } else if (open && event.key === 'Enter') {
      event.preventDefault();
      if (active >= 0) {
        choose(shown[active]);
      } else {
        hide();
      }
    }
  };
  const type = (text: string): void => {
    setTyped(text);
    setWanted(true);
    setActive(-1);
    onChange(text);
  };
  return { open, shown, active, show, hide, type, choose, onKeyDown };
}

/** The suggestions that hold a text, those that begin with it first. */
function fitting(suggestions: readonly string[], text: string): string[] {
  const wanted = text.trim().toLowerCase();
  const at = (suggestion: string): number =>
    suggestion.toLowerCase().indexOf(wanted);
  return suggestions
    .filter(suggestion => at(suggestion) >= 0)
    .sort((one, other) => Number(at(one) > 0) - Number(at(other) > 0))
    .slice(0, MOST);
}
