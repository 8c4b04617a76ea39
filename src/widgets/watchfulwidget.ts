// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';

/** A React widget that knows whether somebody can see it: its tab and the browser's must both be in front. */
export abstract class WatchfulWidget extends ReactWidget {
  constructor() {
    super();
    document.addEventListener('visibilitychange', this._look);
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    document.removeEventListener('visibilitychange', this._look);
    this._set(false);
    super.dispose();
  }

  protected get looking(): boolean {
    return this._looking;
  }

  /** Called when somebody begins or ceases to see the widget, before it renders anew. */
  protected abstract onLook(looking: boolean): void;

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
    this._set(false);
  }

  private _look = (): void => {
    this._set(this.isVisible && !document.hidden);
    this.update();
  };

  private _set(looking: boolean): void {
    if (this._looking !== looking) {
      this._looking = looking;
      this.onLook(looking);
    }
  }

  private _looking = false;
}
