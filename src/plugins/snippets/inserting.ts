// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import {
  Clipboard,
  Dialog,
  Notification,
  showDialog
} from '@jupyterlab/apputils';
import type { IConsoleTracker } from '@jupyterlab/console';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { codeIcon, copyIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Cluster, Snippet } from '../../_schema';
import type { ISnippetOrigin } from '../../insertion';
import { insertIntoNotebook, insertIntoPrompt } from '../../insertion';
import { CommandIDs } from '../../tokens';
import { nameOf } from '../../widgets/clustername';
import { args as argumentsOf, clusterArguments } from '../commands/arguments';
import { chooseCluster, hasCluster } from '../commands/choosing';
import type { IChoiceContext } from '../commands/context';
import { telling } from '../commands/failures';
import {
  canOpenConsole,
  openConsoleWith,
  openNotebookWith,
  promptOf
} from './opening';
import type { Target } from './target';
import { currentTarget, obstacle } from './target';

/** What the commands on snippets work with. */
export interface ISnippetContext extends IChoiceContext {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker | null;
  readonly consoles: IConsoleTracker | null;
  readonly browser: IDefaultFileBrowser | null;
}

/** Where else the code can go to, if not to where the user is. */
type Detour = 'notebook' | 'console' | 'clipboard';

/** Commands that give out a cluster's code. Both resolve to whether they did, false where the user cancelled. */
export function addSnippetCommands(context: ISnippetContext): void {
  const { app, trans } = context;
  const describedBy = argumentsOf({
    ...clusterArguments(trans),
    way: {
      type: 'string',
      description: trans.__(
        'The id of the way to connect; without it, the first one.'
      )
    }
  });
  const isEnabled = (args: ReadonlyPartialJSONObject) =>
    hasCluster(context, args, hasCode);

  app.commands.addCommand(CommandIDs.insertSnippet, {
    label: trans.__('Insert Code That Connects to Cluster'),
    caption: trans.__(
      'Insert code that connects to a cluster into the notebook or console'
    ),
    icon: codeIcon,
    describedBy,
    isEnabled,
    execute: async args => {
      const title = trans.__('Insert the code of which cluster?');
      const cluster = await chooseCluster(context, args, title, hasCode);
      return cluster !== null && telling(insert(context, cluster, args['way']));
    }
  });

  app.commands.addCommand(CommandIDs.copySnippet, {
    label: trans.__('Copy Code That Connects to Cluster'),
    caption: trans.__('Copy code that connects to a cluster to the clipboard'),
    icon: copyIcon,
    describedBy,
    isEnabled,
    execute: async args => {
      const title = trans.__('Copy the code of which cluster?');
      const cluster = await chooseCluster(context, args, title, hasCode);
      if (!cluster) {
        return false;
      }
      copy(context, await telling(snippetOf(context, cluster, args['way'])));
      return true;
    }
  });
}

function hasCode(cluster: Cluster): boolean {
  return cluster.state === 'running' || cluster.state === 'pending';
}

async function snippetOf(
  { manager, trans }: IChoiceContext,
  cluster: Cluster,
  way: unknown
): Promise<Snippet> {
  const snippets = await manager.snippets(cluster.id);
  const snippet =
    way === undefined ? snippets[0] : snippets.find(each => each.id === way);
  if (!snippet) {
    throw new Error(
      trans.__('There is no such way to connect to %1.', nameOf(cluster, trans))
    );
  }
  return snippet;
}

function copy({ trans }: IChoiceContext, snippet: Snippet): void {
  Clipboard.copyToSystem(snippet.code);
  Notification.success(trans.__('Copied: %1', snippet.title), {
    autoClose: 3000
  });
}

async function insert(
  context: ISnippetContext,
  cluster: Cluster,
  way: unknown
): Promise<boolean> {
  const { app, notebooks, consoles, trans } = context;
  const snippet = await snippetOf(context, cluster, way);
  const origin = { cluster: cluster.id, way: snippet.id };
  const target = currentTarget(app.shell, notebooks, consoles);
  const reason = await obstacle(target, snippet.language, trans);
  if (target && reason === null) {
    await insertInto(app, target, snippet, origin);
    return true;
  }
  return detour(context, target, reason ?? '', snippet, origin);
}

async function insertInto(
  app: JupyterFrontEnd,
  target: Target,
  snippet: Snippet,
  origin: ISnippetOrigin
): Promise<void> {
  app.shell.activateById(target.panel.id);
  if (target.kind === 'notebook') {
    insertIntoNotebook(target.panel, snippet.code, origin);
  } else {
    insertIntoPrompt(await promptOf(target.panel), snippet.code);
  }
}

/** Say why the code cannot go to where the user is, and offer other places. */
async function detour(
  context: ISnippetContext,
  target: Target | null,
  reason: string,
  snippet: Snippet,
  origin: ISnippetOrigin
): Promise<boolean> {
  const { app, browser } = context;
  const console = target?.kind === 'console' && canOpenConsole(app);
  switch (await askDetour(context, reason, console)) {
    case 'notebook':
      await openNotebookWith(app, browser, snippet, origin);
      return true;
    case 'console':
      await openConsoleWith(app, snippet);
      return true;
    case 'clipboard':
      copy(context, snippet);
      return true;
    default:
      return false;
  }
}

async function askDetour(
  { trans }: IChoiceContext,
  reason: string,
  console: boolean
): Promise<Detour | null> {
  const choices: [Detour, string][] = [
    ['clipboard', trans.__('Copy Code')],
    ['notebook', trans.__('New Python Notebook')]
  ];
  if (console) {
    choices.push(['console', trans.__('New Python Console')]);
  }
  const { button } = await showDialog({
    title: trans.__('Where shall the code go?'),
    body: reason,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      ...choices.map(([choice, label]) =>
        Dialog.okButton({ label, actions: [choice] })
      )
    ]
  });
  const chosen = choices.find(([id]) => button.actions.includes(id));
  return chosen ? chosen[0] : null;
}
