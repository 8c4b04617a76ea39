// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { CommandRegistry } from '@lumino/commands';
import type { Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import type { IChoiceContext } from '../commands/context';
import { onCluster } from '../commands/onecluster';
import { isAlive } from '../commands/states';

/** What the commands on versions work with. */
export interface IVersionContext extends IChoiceContext {
  readonly commands: CommandRegistry;
  /** The id of the kernel that the person works with now, once it is there; null where there is none. */
  currentKernel(this: void): Promise<string | null>;
}

/** Commands that compare a kernel with a cluster, and take away what was found. */
export function addVersionCommands(context: IVersionContext): void {
  const { commands, manager, trans } = context;
  const hasHint = ({ id }: Cluster): boolean =>
    manager.versionHints.of(id).length > 0;

  const compare = onCluster<void>(context, {
    label: trans.__('Compare Versions with Cluster'),
    caption: trans.__(
      'Look which packages of the current kernel differ from those of a cluster'
    ),
    parameters: {
      kernel: {
        type: 'string',
        description: trans.__(
          'The id of a kernel; by default that of the current notebook or console.'
        )
      }
    },
    fit: isAlive,
    question: trans.__('Compare the current kernel with which cluster?'),
    otherwise: undefined,
    run: async (cluster, args) => {
      const given = args['kernel'];
      const kernel =
        typeof given === 'string' ? given : await context.currentKernel();
      if (kernel !== null) {
        await manager.versionHints.compare(cluster.id, kernel);
      }
    }
  });
  commands.addCommand(CommandIDs.compareVersions, compare);

  const dismiss = onCluster<void>(context, {
    label: trans.__('Dismiss Hint on Versions'),
    caption: trans.__(
      'Take away the hint that a kernel and a cluster have different packages'
    ),
    fit: hasHint,
    question: trans.__('Dismiss the hint on which cluster?'),
    otherwise: undefined,
    run: cluster => manager.versionHints.dismiss(cluster.id)
  });
  commands.addCommand(CommandIDs.dismissVersionHint, dismiss);
  manager.versionHints.changed.connect(() =>
    commands.notifyCommandChanged(CommandIDs.dismissVersionHint)
  );
}

/**
 * Compare a kernel, by default the current one, with the cluster that its code
 * is about to use. Nobody waits for it, and nobody is told where it can't be done.
 */
export function compareBeside(
  commands: CommandRegistry,
  id: string,
  kernel?: string
): void {
  commands
    .execute(CommandIDs.compareVersions, { id, kernel })
    .catch(() => undefined);
}
