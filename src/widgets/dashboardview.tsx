// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { MainAreaWidget, ReactWidget } from '@jupyterlab/apputils';
import {
  type ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import {
  IFrame,
  launchIcon,
  refreshIcon,
  ToolbarButton
} from '@jupyterlab/ui-components';
import React from 'react';
import type { IClusterManager } from '../tokens';
import { stateWord } from './clusterstatus';
import { nameOf } from './clustername';
import { TRANSLATION_DOMAIN } from './context';
import { computeIcon } from './icons';
import { Note } from './note';

/**
 * What the pages may do: no more than the proxy itself lets them. They run the
 * cluster's scripts, so they must never get the origin of JupyterLab.
 */
const SANDBOX = [
  'allow-scripts',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-downloads'
];

/** A cluster's dashboard, or a single plot of it, in a tab of its own. */
export class DashboardView extends MainAreaWidget<IFrame> {
  constructor(options: DashboardView.IOptions) {
    super({ content: new IFrame({ referrerPolicy: 'no-referrer' }) });
    const { manager, cluster, plot } = options;
    this.cluster = cluster;
    this.plot = plot;
    this._manager = manager;
    this._trans = (options.translator ?? nullTranslator).load(
      TRANSLATION_DOMAIN
    );
    this._url = manager.dashboardUrl(cluster, plot ?? '');
    this.addClass('jp-PccomputeDashboard');
    this.title.icon = computeIcon;
    this.title.closable = true;
    this._frame.setAttribute('sandbox', SANDBOX.join(' '));
    this._fillToolbar();
    this.contentHeader.addWidget(this._note);
    manager.clustersChanged.connect(this._onChanged, this);
    this._onChanged();
    this.reload();
  }

  /** The id of the cluster. */
  readonly cluster: string;
  /** The path of a single plot below the dashboard's root; null for the whole dashboard. */
  readonly plot: string | null;

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._manager.clustersChanged.disconnect(this._onChanged, this);
    super.dispose();
  }

  /** Load the page anew, from the server. */
  reload(): void {
    this.content.url = this._url;
  }

  private get _frame(): HTMLIFrameElement {
    return this.content.node.querySelector('iframe')!;
  }

  private _fillToolbar(): void {
    this.toolbar.addItem(
      'reload',
      new ToolbarButton({
        icon: refreshIcon,
        tooltip: this._trans.__('Load the page anew'),
        onClick: () => this.reload()
      })
    );
    this.toolbar.addItem(
      'browser',
      new ToolbarButton({
        icon: launchIcon,
        tooltip: this._trans.__('Open in a tab of the browser'),
        onClick: () => void window.open(this._url, '_blank', 'noopener')
      })
    );
  }

  private _onChanged(): void {
    const trans = this._trans;
    const known = this._manager.cluster(this.cluster);
    const name = known ? nameOf(known, trans) : trans.__('a cluster');
    const title =
      this.plot === null ? trans.__('Dashboard') : titleOf(this.plot);
    this.title.label = trans.__('%1 of %2', title, name);
    this._frame.title = this.title.label;
    if (known && known.state !== this._state) {
      const before = this._state;
      this._state = known.state;
      if (before === 'pending' && known.state === 'running') {
        this.reload();
      }
    }
    this._note.say(
      known && known.state !== 'running'
        ? trans.__(
            'This cluster is %1: what is below may no longer move.',
            stateWord(known.state, trans)
          )
        : null
    );
  }

  private readonly _manager: IClusterManager;
  private readonly _trans: TranslationBundle;
  private readonly _url: string;
  private readonly _note = new HeaderNote();
  private _state: string | null = null;
}

/** What to call a plot by its path: Dask's paths are its titles, `individual-task-stream`. */
function titleOf(path: string): string {
  const words = path.replace(/^individual-/, '').replace(/[-/]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A note above the page, which takes no room while it says nothing. */
class HeaderNote extends ReactWidget {
  constructor() {
    super();
    this.addClass('jp-PccomputeDashboard-note');
    this.hide();
  }

  say(words: string | null): void {
    this._words = words;
    this.setHidden(words === null);
    this.update();
  }

  protected override render(): JSX.Element | null {
    return this._words === null ? null : <Note kind="info">{this._words}</Note>;
  }

  private _words: string | null = null;
}

/** The namespace of `DashboardView`. */
export namespace DashboardView {
  /** Whose dashboard. */
  export interface IOptions {
    manager: IClusterManager;
    /** The id of the cluster. */
    cluster: string;
    /** The path of a single plot below the dashboard's root; null for the whole dashboard. */
    plot: string | null;
    translator?: ITranslator;
  }
}
