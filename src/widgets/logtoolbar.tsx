// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { downloadIcon, refreshIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { LogList } from '../_schema';
import { Button, IconButton } from './buttons';

/** What of the logs is shown. */
export interface ILogChoice {
  /** null for all. */
  readonly source: string | null;
  readonly sought: string;
  readonly following: boolean;
}

/** Properties of `LogToolbar`. */
export interface ILogToolbarProps {
  list: LogList | null;
  choice: ILogChoice;
  onChoose: (change: Partial<ILogChoice>) => void;
  /** How many lines hold what is sought; null where nothing is. */
  found: number | null;
  onRefresh: () => void;
  onDownload: () => void;
  trans: TranslationBundle;
}

// No source of a log is called so: names have no line breaks.
const ALL = '\n';

/** Whose log, which lines of it, and what to do with them. */
export function LogToolbar(props: ILogToolbarProps): JSX.Element {
  const { list, choice, onChoose, found, trans } = props;
  const names = (list?.sources ?? []).map(({ source }) => source);
  if (choice.source !== null && !names.includes(choice.source)) {
    // A worker that has gone, or the source that is awaited.
    names.push(choice.source);
  }
  return (
    <div
      className="jp-PccomputeLogs-toolbar"
      role="group"
      aria-label={trans.__('Which lines are shown')}
    >
      <select
        className="jp-PccomputeForm-input"
        aria-label={trans.__('Log of')}
        value={choice.source ?? ALL}
        onChange={({ target: { value } }) =>
          onChoose({ source: value === ALL ? null : value })
        }
      >
        <option value={ALL}>{trans.__('All')}</option>
        {names.map(name => (
          <option key={name} value={name}>
            {name === 'scheduler' ? trans.__('Scheduler') : name}
          </option>
        ))}
      </select>
      <input
        className="jp-PccomputeForm-input"
        type="search"
        aria-label={trans.__('Search')}
        placeholder={trans.__('Search')}
        value={choice.sought}
        onChange={event => onChoose({ sought: event.target.value })}
      />
      <span className="jp-PccomputePanel-hint" role="status">
        {found !== null && trans._n('%1 line', '%1 lines', found)}
      </span>
      <Button
        pressed={choice.following}
        title={trans.__('Ask for new lines, and keep the latest in sight')}
        onClick={() => onChoose({ following: !choice.following })}
      >
        {trans.__('Follow')}
      </Button>
      <IconButton
        icon={refreshIcon}
        label={trans.__('Refresh')}
        onClick={props.onRefresh}
      />
      <IconButton
        icon={downloadIcon}
        label={trans.__('Download')}
        onClick={props.onDownload}
      />
    </div>
  );
}
