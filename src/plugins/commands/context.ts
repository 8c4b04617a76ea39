// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IStateDB } from '@jupyterlab/statedb';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { IClusterManager } from '../../tokens';
import type { HighlightCode } from '../../widgets/ways/codeblock';

/** What a command needs to find the cluster that it is about. */
export interface IChoiceContext {
  readonly manager: IClusterManager;
  readonly trans: TranslationBundle;
  /** The id of the cluster on whose card the context menu was opened last. */
  clusterOfContextMenu(this: void): string | undefined;
}

/** What every group of commands works with. */
export interface ICommandContext extends IChoiceContext {
  readonly commands: CommandRegistry;
  readonly translator: ITranslator;
  /** Where the last choices of the dialog are remembered; null where nothing is. */
  readonly stateDB: IStateDB | null;
  /** Colours code as JupyterLab does; null where nothing can. */
  readonly highlight: HighlightCode | null;
}

/** Makes the function of that name in `IChoiceContext`. */
export function contextMenuOf(app: JupyterFrontEnd): () => string | undefined {
  return () =>
    app.contextMenuHitTest(node => 'cluster' in node.dataset)?.dataset[
      'cluster'
    ];
}
