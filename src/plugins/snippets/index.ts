// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IConsoleTracker } from '@jupyterlab/console';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IClusterManager } from '../../tokens';
import { TRANSLATION_DOMAIN } from '../../widgets/context';
import { contextMenuOf } from '../commands/context';
import { addSnippetCommands } from './inserting';

/** Brings the code that connects to a cluster to where it is needed. */
export const snippetsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:snippets',
  description:
    'Inserts the code that connects to a cluster into a notebook or console, or copies it.',
  autoStart: true,
  requires: [IClusterManager],
  optional: [
    INotebookTracker,
    IConsoleTracker,
    IDefaultFileBrowser,
    ITranslator
  ],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    browser: IDefaultFileBrowser | null,
    translator: ITranslator | null
  ) => {
    addSnippetCommands({
      app,
      manager,
      trans: (translator ?? nullTranslator).load(TRANSLATION_DOMAIN),
      clusterOfContextMenu: contextMenuOf(app),
      notebooks,
      consoles,
      browser
    });
  }
};
