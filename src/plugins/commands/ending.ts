// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { closeIcon, stopIcon } from '@jupyterlab/ui-components';
import type { Cluster } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { nameOf } from '../../widgets/clustername';
import { args as argumentsOf, backendArgument } from './arguments';
import { chooseBackend } from './choosing';
import type { ICommandContext } from './context';
import { codeOf, telling, wordsOf } from './failures';
import { lossOf, lossOfAll } from './loss';
import { onCluster } from './onecluster';
import { isAlive } from './states';

/** Commands that end clusters. All resolve to whether they did, false where the user cancelled. */
export function addEndingCommands(context: ICommandContext): void {
  const { commands, manager, trans } = context;
  const confirmed = {
    type: 'boolean',
    description: trans.__(
      'True where the user was asked already; else the command asks.'
    )
  };

  const shutDown = onCluster<boolean>(context, {
    label: trans.__('Shut Down Cluster…'),
    caption: trans.__('Stop a cluster and all of its workers'),
    icon: stopIcon,
    parameters: { confirmed },
    fit: isAlive,
    question: trans.__('Shut down which cluster?'),
    otherwise: false,
    run: async (cluster, args) => {
      const question = {
        title: trans.__('Shut down %1?', nameOf(cluster, trans)),
        body: lossOf(cluster, trans),
        accept: trans.__('Shut Down')
      };
      if (args['confirmed'] !== true && !(await ask(context, question))) {
        return false;
      }
      await telling(manager.stop(cluster.id));
      return true;
    }
  });
  commands.addCommand(CommandIDs.shutdownCluster, shutDown);

  commands.addCommand(CommandIDs.shutdownAll, {
    label: trans.__('Shut Down All Clusters of a Backend…'),
    caption: trans.__('Stop every cluster of a backend'),
    icon: stopIcon,
    describedBy: argumentsOf({ backend: backendArgument(trans), confirmed }),
    isEnabled: args =>
      manager.clusters.some(
        cluster =>
          isAlive(cluster) &&
          (args['backend'] ?? cluster.backend) === cluster.backend
      ),
    execute: async args => {
      const backend = await chooseBackend(
        context,
        args,
        trans.__('Shut down all clusters of which backend?'),
        each => manager.clusters.some(isAliveOn(each.id))
      );
      if (!backend) {
        return false;
      }
      const clusters = manager.clusters.filter(isAliveOn(backend.id));
      if (clusters.length === 0) {
        Notification.info(trans.__('No cluster runs on %1.', backend.label));
        return false;
      }
      const question = {
        title: trans._n(
          'Shut down %1 cluster on %2?',
          'Shut down all %1 clusters on %2?',
          clusters.length,
          backend.label
        ),
        body: lossOfAll(clusters, trans),
        accept: trans.__('Shut Down All')
      };
      if (args['confirmed'] !== true && !(await ask(context, question))) {
        return false;
      }
      await stopAll(context, clusters);
      return true;
    }
  });

  const cancel = onCluster<boolean>(context, {
    label: trans.__('Cancel Starting Cluster'),
    caption: trans.__('Give up a cluster that does not run yet'),
    icon: closeIcon,
    fit: isPending,
    question: trans.__('Cancel which cluster?'),
    otherwise: false,
    run: async cluster => {
      if (cluster.state === 'running') {
        // It came to run while the button was pressed: now there is something to lose.
        return commands.execute(CommandIDs.shutdownCluster, {
          id: cluster.id
        }) as Promise<boolean>;
      }
      await telling(manager.stop(cluster.id));
      return true;
    }
  });
  commands.addCommand(CommandIDs.cancelCluster, cancel);

  const dismiss = onCluster<boolean>(context, {
    label: trans.__('Dismiss Cluster'),
    caption: trans.__('Take a failed or stopped cluster off the list'),
    icon: closeIcon,
    fit: isOver,
    question: trans.__('Dismiss which cluster?'),
    otherwise: false,
    run: async cluster => {
      if (!isOver(cluster)) {
        return false;
      }
      await telling(manager.stop(cluster.id));
      return true;
    }
  });
  commands.addCommand(CommandIDs.dismissCluster, dismiss);
}

async function ask(
  { trans }: ICommandContext,
  question: { title: string; body: string; accept: string }
): Promise<boolean> {
  const { button } = await showDialog({
    title: question.title,
    body: question.body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: question.accept })
    ],
    // Enter must not cost anybody their results.
    defaultButton: 0
  });
  return button.accept;
}

/** Stop each; one that fails does not keep the others running, and is named. */
async function stopAll(
  { manager, trans }: ICommandContext,
  clusters: readonly Cluster[]
): Promise<void> {
  const outcomes = await Promise.allSettled(
    clusters.map(cluster => manager.stop(cluster.id))
  );
  outcomes.forEach((outcome, index) => {
    if (
      outcome.status === 'rejected' &&
      codeOf(outcome.reason) !== 'cancelled'
    ) {
      Notification.error(
        trans.__(
          '%1 still runs: %2',
          nameOf(clusters[index], trans),
          wordsOf(outcome.reason)
        ),
        { autoClose: false }
      );
    }
  });
}

function isAliveOn(backend: string): (cluster: Cluster) => boolean {
  return cluster => isAlive(cluster) && cluster.backend === backend;
}

function isPending(cluster: Cluster): boolean {
  return cluster.state === 'pending';
}

function isOver(cluster: Cluster): boolean {
  return cluster.state === 'failed' || cluster.state === 'stopped';
}
