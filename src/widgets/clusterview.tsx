// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import {
  type ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import type { Cluster } from '../_schema';
import type { IClusterManager } from '../tokens';
import { nameOf } from './clustername';
import { TRANSLATION_DOMAIN } from './context';
import { Polled } from './polled';
import { WatchfulWidget } from './watchfulwidget';

/** A view of one cluster in the main area: it asks for what it shows, but only while somebody sees it. */
export abstract class ClusterView<T> extends WatchfulWidget {
  constructor(
    options: ClusterView.IOptions,
    icon: LabIcon,
    ask: Pick<Polled.IOptions<T>, 'ask' | 'interval'>
  ) {
    super();
    const { manager, cluster } = options;
    this.cluster = cluster;
    this._manager = manager;
    this.trans = (options.translator ?? nullTranslator).load(
      TRANSLATION_DOMAIN
    );
    this.polled = new Polled({ ...ask, name: `pccompute-ext:view:${cluster}` });
    this.addClass('jp-PccomputeView');
    // For who opens it by keyboard.
    this.node.tabIndex = -1;
    this.title.icon = icon;
    this.title.closable = true;
    this.polled.changed.connect(this._onChanged, this);
    manager.clustersChanged.connect(this._onChanged, this);
  }

  /** The id of the cluster. */
  readonly cluster: string;

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    super.dispose();
    this._manager.clustersChanged.disconnect(this._onChanged, this);
    this.polled.dispose();
  }

  /** What is known of the cluster; nothing where it is not listed any more, or not yet. */
  protected get known(): Cluster | undefined {
    return this._manager.cluster(this.cluster);
  }

  /** The name of the cluster, as far as it is known. */
  protected get clusterName(): string {
    return this.known
      ? nameOf(this.known, this.trans)
      : this.trans.__('a cluster');
  }

  /** The text of the view's tab. */
  protected abstract get label(): string;

  protected override onLook(looking: boolean): void {
    this.polled.active = looking;
  }

  protected override onBeforeAttach(msg: Message): void {
    super.onBeforeAttach(msg);
    this._onChanged();
  }

  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.node.focus();
  }

  private _onChanged(): void {
    this.title.label = this.label;
    if (this.looking) {
      this.update();
    }
  }

  protected readonly polled: Polled<T>;
  protected readonly trans: TranslationBundle;
  private readonly _manager: IClusterManager;
}

/** The namespace of `ClusterView`. */
export namespace ClusterView {
  /** Which cluster, and where to ask. */
  export interface IOptions {
    manager: IClusterManager;
    /** The id of the cluster. */
    cluster: string;
    translator?: ITranslator;
  }
}
