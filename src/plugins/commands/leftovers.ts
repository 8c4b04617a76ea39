// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { searchIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Backend } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { openLeftoversDialog } from '../../widgets/leftovers/leftoversdialog';
import { args as argumentsOf, backendArgument } from './arguments';
import { chooseBackend } from './choosing';
import type { ICommandContext } from './context';

/** Commands on what clusters have left behind and what nobody here knows of. */
export function addLeftoverCommands(context: ICommandContext): void {
  const { commands, manager, trans } = context;

  commands.addCommand(CommandIDs.findLeftovers, {
    label: trans.__('Find Leftovers of Clusters…'),
    caption: trans.__(
      'Look for what clusters have left behind at a provider, and delete it'
    ),
    icon: searchIcon,
    describedBy: argumentsOf({ backend: backendArgument(trans) }),
    isEnabled: () => manager.backends.some(findsLeftovers),
    execute: async args => {
      const title = trans.__('Look for leftovers at which backend?');
      const backend = await chooseBackend(context, args, title, findsLeftovers);
      if (!backend) {
        return;
      }
      await openLeftoversDialog({
        backend: backend.label,
        search: () => manager.leftovers(backend.id),
        onDelete: ({ id }) =>
          commands.execute(CommandIDs.deleteLeftover, {
            backend: backend.id,
            leftover: id
          }),
        trans
      });
    }
  });

  commands.addCommand(CommandIDs.deleteLeftover, {
    label: trans.__('Delete Leftovers of a Cluster'),
    caption: trans.__('Delete what a cluster that nobody here knows has left'),
    describedBy: argumentsOf(
      {
        backend: {
          type: 'string',
          description: trans.__('The id of the backend that found them.')
        },
        leftover: {
          type: 'string',
          description: trans.__('The id under which they were found.')
        }
      },
      ['backend', 'leftover']
    ),
    // Nobody knows such an id by heart: it comes from the dialog that found it.
    isVisible: args => namedLeftover(args) !== null,
    isEnabled: args => namedLeftover(args) !== null,
    execute: async args => {
      const named = namedLeftover(args);
      return named && manager.deleteLeftover(...named);
    }
  });
}

function findsLeftovers(backend: Backend): boolean {
  return backend.finds_leftovers;
}

/** The ids of a backend and of what it has found, where the arguments of a command have both. */
function namedLeftover(
  args: ReadonlyPartialJSONObject
): [string, string] | null {
  const { backend, leftover } = args;
  return typeof backend === 'string' && typeof leftover === 'string'
    ? [backend, leftover]
    : null;
}
