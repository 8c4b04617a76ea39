// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IConsoleTracker } from '@jupyterlab/console';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IClusterManager } from '../../tokens';
import { TRANSLATION_DOMAIN } from '../../widgets/context';
import { contextMenuOf } from '../commands/context';
import { highlighter } from '../highlighting';
import { IRecent } from '../recent';
import type { ISnippetContext } from './context';
import { addSnippetCommands } from './inserting';
import { addWaysCommand } from './ways';

/** Brings the code that connects to a cluster to where it is needed. */
export const snippetsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:snippets',
  description:
    'Shows the code that connects to a cluster, inserts it into a notebook or console, or copies it.',
  autoStart: true,
  requires: [IClusterManager, IRecent],
  optional: [
    INotebookTracker,
    IConsoleTracker,
    IDefaultFileBrowser,
    IEditorLanguageRegistry,
    ITranslator
  ],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    recent: IRecent,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    browser: IDefaultFileBrowser | null,
    languages: IEditorLanguageRegistry | null,
    translator: ITranslator | null
  ) => {
    const context: ISnippetContext = {
      app,
      manager,
      trans: (translator ?? nullTranslator).load(TRANSLATION_DOMAIN),
      clusterOfContextMenu: contextMenuOf(app),
      notebooks,
      consoles,
      browser,
      recent,
      highlight: highlighter(languages)
    };
    addSnippetCommands(context);
    addWaysCommand(context);
  }
};
