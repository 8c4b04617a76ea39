// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { listIcon } from '@jupyterlab/ui-components';
import { CommandIDs } from '../../tokens';
import { nameOf } from '../../widgets/clustername';
import { telling } from '../commands/failures';
import { onCluster } from '../commands/onecluster';
import { hasCode, type ISnippetContext } from './context';
import { copyQuietly } from './copying';
import { download } from './download';
import { takenAt } from './names';
import { ofCluster, snippetsOf } from './source';
import { currentTarget } from './target';

/** The command that shows every way to a cluster. It resolves once the dialog is closed, to whether code was inserted. */
export function addWaysCommand(context: ISnippetContext): void {
  const { app, notebooks, consoles, highlight, trans } = context;
  const { commands, shell } = app;

  const showWays = onCluster<boolean>(context, {
    label: trans.__('Ways to Connect to Cluster…'),
    caption: trans.__('Show every way to connect to a cluster, with its code'),
    icon: listIcon,
    parameters: {
      way: {
        type: 'string',
        description: trans.__(
          'The id of the way to show; without it, the first one.'
        )
      }
    },
    fit: hasCode,
    question: trans.__('Show the ways to which cluster?'),
    otherwise: false,
    run: async (cluster, args) => {
      const { openWaysDialog } = await import('../../widgets/ways/waysdialog');
      const target = currentTarget(shell, notebooks, consoles);
      const taken = target ? await takenAt(target, cluster) : [];
      const snippet = await openWaysDialog({
        name: nameOf(cluster, trans),
        snippets: await telling(snippetsOf(context, ofCluster(cluster), taken)),
        start: typeof args['way'] === 'string' ? args['way'] : undefined,
        highlight,
        onCopy: copyQuietly,
        onDownload: download,
        trans
      });
      return (
        snippet !== null &&
        ((await commands.execute(CommandIDs.insertSnippet, {
          id: cluster.id,
          way: snippet.id
        })) as boolean)
      );
    }
  });
  commands.addCommand(CommandIDs.showWays, showWays);
}
