// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IConsoleTracker } from '@jupyterlab/console';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Cluster } from '../../_schema';
import type { HighlightCode } from '../../widgets/ways/codeblock';
import type { IChoiceContext } from '../commands/context';
import type { IRecent } from '../recent';

/** What the commands on snippets work with. */
export interface ISnippetContext extends IChoiceContext {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker | null;
  readonly consoles: IConsoleTracker | null;
  readonly browser: IDefaultFileBrowser | null;
  readonly recent: IRecent;
  /** Colours code as JupyterLab does; null where nothing can. */
  readonly highlight: HighlightCode | null;
}

/** Whether there is code for a cluster in its state. */
export function hasCode(cluster: Cluster): boolean {
  return cluster.state === 'running' || cluster.state === 'pending';
}
