// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { textEditorIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { LogList } from '../_schema';
import { ClusterView } from './clusterview';
import { LogLines } from './loglines';
import { entriesOf, fileNameOf, fileOf, search } from './logtext';
import { type ILogChoice, LogToolbar } from './logtoolbar';
import { Note } from './note';
import { ViewState } from './viewstate';

/** Milliseconds between two questions for the logs. */
const INTERVAL = 2000;

/** The most lines of each log that the server gives. */
const ALL_LINES = 5000;

/** The logs of one cluster's scheduler and workers, in the main area. */
export class LogsView extends ClusterView<LogList> {
  constructor(options: ClusterView.IOptions) {
    super(options, textEditorIcon, {
      ask: () => options.manager.logs(options.cluster),
      interval: INTERVAL
    });
    this._options = options;
    this.addClass('jp-PccomputeLogs');
  }

  /** Save the lines of the chosen source as a file, as many as the server has. */
  async download(): Promise<void> {
    const { manager, cluster } = this._options;
    const { source } = this._choice;
    let list: LogList;
    try {
      list = await manager.logs(cluster, ALL_LINES);
    } catch {
      // The view says why there is no answer; what was shown can be saved all the same.
      await this.polled.refresh();
      if (!this.polled.value) {
        return;
      }
      list = this.polled.value;
    }
    const text = fileOf(entriesOf(list, source), source === null);
    saveFile(fileNameOf(this.clusterName, source), text);
  }

  protected override get label(): string {
    return this.trans.__('Logs of %1', this.clusterName);
  }

  protected override onLook(looking: boolean): void {
    this.polled.active = looking && this._choice.following;
    if (looking && this.polled.value === null) {
      void this.polled.refresh();
    }
  }

  protected override render(): JSX.Element {
    const { polled, trans } = this;
    const { source, sought, following } = this._choice;
    const list = polled.value;
    const entries = list ? entriesOf(list, source) : [];
    const shown = search(entries, sought);
    const problems = [
      list?.problem,
      ...(list?.sources ?? [])
        .filter(each => source === null || each.source === source)
        .map(each => each.problem && `${each.source}: ${each.problem}`)
    ].filter(Boolean);
    return (
      <>
        <LogToolbar
          list={list}
          choice={this._choice}
          onChoose={this._choose}
          found={sought.trim() === '' ? null : shown.length}
          onRefresh={() => void polled.refresh()}
          onDownload={() => void this.download()}
          trans={trans}
        />
        <ViewState polled={polled} trans={trans} />
        {problems.length > 0 && <Note kind="info">{problems.join(' ')}</Note>}
        {list && entries.length === 0 && (
          <p className="jp-PccomputeView-summary">
            {trans.__('Nothing has been logged yet.')}
          </p>
        )}
        {list ? (
          <LogLines
            entries={shown}
            sought={sought}
            withSource={source === null}
            label={this.label}
            following={following}
            onScrollBack={() => this._choose({ following: false })}
            trans={trans}
          />
        ) : (
          polled.problem !== null && this._renderProgress()
        )}
      </>
    );
  }

  /** What is known of a cluster that has no logs: mostly one that has failed. */
  private _renderProgress(): JSX.Element | null {
    const { known, trans } = this;
    const lines = [...(known?.progress ?? []), known?.reason].filter(Boolean);
    return lines.length === 0 ? null : (
      <div className="jp-PccomputeLogs-progress">
        <h2>{trans.__('What is known of this cluster')}</h2>
        <ol>
          {lines.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ol>
      </div>
    );
  }

  private _choose = (change: Partial<ILogChoice>): void => {
    this._choice = { ...this._choice, ...change };
    this.polled.active = this.looking && this._choice.following;
    this.update();
  };

  private _choice: ILogChoice = {
    source: 'scheduler',
    sought: '',
    following: true
  };
  private readonly _options: ClusterView.IOptions;
}

/** Let the browser save a text. */
function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by then.
  window.setTimeout(() => URL.revokeObjectURL(url), 1000);
}
