// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { codeIcon, copyIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { insertIntoPrompt } from '../../insertion';
import { CommandIDs } from '../../tokens';
import {
  args as argumentsOf,
  backendArgument,
  clusterArguments,
  scalingArgument
} from '../commands/arguments';
import { chooseCluster, hasCluster } from '../commands/choosing';
import { telling } from '../commands/failures';
import { compareBeside } from '../versions/comparing';
import { hasCode, type ISnippetContext } from './context';
import { copySnippet } from './copying';
import { detour } from './detour';
import { putIntoNotebook } from './notebook';
import { promptOf } from './opening';
import {
  type ISnippetSource,
  noteOf,
  ofCluster,
  ofRequest,
  snippetOf
} from './source';
import { currentTarget, obstacle } from './target';
import { takenAt } from './names';

/** Commands that give out code. Both resolve to whether they did, false where the user cancelled. */
export function addSnippetCommands(context: ISnippetContext): void {
  const { app, trans } = context;
  const describedBy = argumentsOf({
    ...clusterArguments(trans),
    way: {
      type: 'string',
      description: trans.__(
        'The id of the way to connect; without it, the first one.'
      )
    },
    backend: backendArgument(trans),
    options: {
      type: 'object',
      description: trans.__(
        'Values of the backend’s options. With a backend and these or a scaling, the code makes a new cluster.'
      )
    },
    scaling: scalingArgument(trans)
  });
  const isEnabled = (args: ReadonlyPartialJSONObject) =>
    ofRequest(args) !== null || hasCluster(context, args, hasCode);

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
      const source = await chooseSource(context, args, title);
      if (!source || !(await telling(insert(context, source, args['way'])))) {
        return false;
      }
      if (source.cluster) {
        compareBeside(app.commands, source.cluster.id);
      }
      return true;
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
      const source = await chooseSource(context, args, title);
      if (!source) {
        return false;
      }
      const snippet = snippetOf(context, source, args['way']);
      copySnippet(context, await telling(snippet));
      return true;
    }
  });
}

async function chooseSource(
  context: ISnippetContext,
  args: ReadonlyPartialJSONObject,
  title: string
): Promise<ISnippetSource | null> {
  const described = ofRequest(args);
  if (described) {
    return described;
  }
  const cluster = await chooseCluster(context, args, title, hasCode);
  return cluster && ofCluster(cluster);
}

async function insert(
  context: ISnippetContext,
  source: ISnippetSource,
  way: unknown
): Promise<boolean> {
  const { app, notebooks, consoles, recent, trans } = context;
  recent.cluster = source.cluster?.id ?? recent.cluster;
  const usual = await snippetOf(context, source, way);
  const target = currentTarget(app.shell, notebooks, consoles);
  const reason = await obstacle(target, usual.language, trans);
  if (!target || reason !== null) {
    const note = noteOf(usual, source);
    return detour(context, target, reason ?? '', usual, note);
  }
  app.shell.activateById(target.panel.id);
  if (target.kind === 'notebook') {
    return putIntoNotebook(context, target.panel, source, usual);
  }
  const taken = await takenAt(target, source.cluster);
  const { code } = await snippetOf(context, source, usual.id, taken);
  insertIntoPrompt(await promptOf(target.panel), code);
  return true;
}
