// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { type ITranslator, nullTranslator } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import React from 'react';
import type { IClusterManager } from '../tokens';
import { PanelContext, TRANSLATION_DOMAIN } from './context';
import { computeIcon } from './icons';
import { PanelView } from './panelview';

/** The compute panel: the clusters of every backend, and what can be done with them. */
export class PanelWidget extends ReactWidget {
  constructor(options: PanelWidget.IOptions) {
    super();
    this._options = options;
    const translator = options.translator ?? nullTranslator;
    this._trans = translator.load(TRANSLATION_DOMAIN);
    this.id = 'pccompute-panel';
    this.addClass('jp-PccomputePanel');
    this.title.icon = computeIcon;
    this.title.caption = this._trans.__('Compute: Dask clusters');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', this._trans.__('Compute'));
    document.addEventListener('visibilitychange', this._look);
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    document.removeEventListener('visibilitychange', this._look);
    this._options.manager.look(this, false);
    super.dispose();
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._look();
  }

  protected override onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this._look();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._look();
  }

  protected override onBeforeDetach(msg: Message): void {
    super.onBeforeDetach(msg);
    this._options.manager.look(this, false);
  }

  protected override render(): JSX.Element {
    const { commands, manager } = this._options;
    const context = { commands, trans: this._trans, visible: this._looking };
    return (
      <PanelContext.Provider value={context}>
        <PanelView manager={manager} />
      </PanelContext.Provider>
    );
  }

  /** Somebody sees the panel only if its tab and the browser's are both in front. */
  private _look = (): void => {
    this._looking = this.isVisible && !document.hidden;
    this._options.manager.look(this, this._looking);
    this.update();
  };

  private _looking = false;
  private readonly _options: PanelWidget.IOptions;
  private readonly _trans;
}

/** The namespace of `PanelWidget`. */
export namespace PanelWidget {
  /** What the panel is made of. */
  export interface IOptions {
    manager: IClusterManager;
    /** The registry that holds the commands of `CommandIDs`. */
    commands: CommandRegistry;
    translator?: ITranslator;
  }
}
