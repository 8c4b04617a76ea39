// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { type ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import React from 'react';
import type { IClusterManager } from '../tokens';
import { PanelContext, TRANSLATION_DOMAIN } from './context';
import { computeIcon } from './icons';
import type { KernelConnections } from './kernelconnections';
import { PanelView } from './panelview';
import { WatchfulWidget } from './watchfulwidget';
import { WorkersHistory } from './workershistory';

/** The compute panel: the clusters of every backend, and what can be done with them. */
export class PanelWidget extends WatchfulWidget {
  constructor(options: PanelWidget.IOptions) {
    super();
    this._options = options;
    this._history = new WorkersHistory(options.manager);
    const translator = options.translator ?? nullTranslator;
    this._trans = translator.load(TRANSLATION_DOMAIN);
    this.id = 'pccompute-panel';
    this.addClass('jp-PccomputePanel');
    this.title.icon = computeIcon;
    this.title.caption = this._trans.__('Compute: Dask clusters');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', this._trans.__('Compute'));
  }

  override dispose(): void {
    super.dispose();
    this._history.dispose();
  }

  protected override onLook(looking: boolean): void {
    this._options.manager.look(this, looking);
    this._history.look(looking);
  }

  protected override render(): JSX.Element {
    const { commands, connections, manager } = this._options;
    const context = {
      manager,
      commands,
      connections,
      trans: this._trans,
      history: this._history,
      visible: this.looking
    };
    return (
      <PanelContext.Provider value={context}>
        <PanelView manager={manager} />
      </PanelContext.Provider>
    );
  }

  private readonly _options: PanelWidget.IOptions;
  private readonly _history: WorkersHistory;
  private readonly _trans;
}

/** The namespace of `PanelWidget`. */
export namespace PanelWidget {
  /** What the panel is made of. */
  export interface IOptions {
    manager: IClusterManager;
    /** The registry that holds the commands of `CommandIDs`. */
    commands: CommandRegistry;
    connections: KernelConnections;
    translator?: ITranslator;
  }
}
