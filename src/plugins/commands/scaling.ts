// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Cluster } from '../../_schema';
import type { ScalingRequest } from '../../tokens';
import { CommandIDs } from '../../tokens';
import { nameOf } from '../../widgets/clustername';
import { zeroSize } from '../../widgets/idle';
import {
  adaptiveArguments,
  args as argumentsOf,
  clusterArguments,
  manualArguments
} from './arguments';
import { chooseCluster, hasCluster } from './choosing';
import type { ICommandContext } from './context';
import { telling } from './failures';
import { isAlive } from './states';

/**
 * Commands that change a cluster's size. They resolve to the cluster, or null
 * where the user cancelled. Where the arguments say everything, the caller
 * shows the error; else the command does.
 */
export function addScalingCommands(context: ICommandContext): void {
  const { commands, trans } = context;

  commands.addCommand(CommandIDs.scaleCluster, {
    label: trans.__('Set Number of Workers…'),
    caption: trans.__('Give a cluster a fixed number of workers'),
    describedBy: argumentsOf({
      ...clusterArguments(trans),
      ...manualArguments(trans)
    }),
    isEnabled: args => hasCluster(context, args, isAlive),
    execute: async args => {
      if (typeof args['count'] === 'number') {
        return scale(context, args, { mode: 'manual', count: args['count'] });
      }
      return askAndScale(context, args, async cluster => {
        const count = await askNumber(
          trans,
          trans.__('Number of workers of %1', nameOf(cluster, trans)),
          cluster.scaling?.count ?? cluster.workers.requested ?? 1,
          0
        );
        return count === null ? null : { mode: 'manual', count };
      });
    }
  });

  commands.addCommand(CommandIDs.adaptCluster, {
    label: trans.__('Let Cluster Adapt…'),
    caption: trans.__('Let a cluster grow and shrink with its work'),
    describedBy: argumentsOf({
      ...clusterArguments(trans),
      ...adaptiveArguments(trans)
    }),
    isEnabled: args => hasCluster(context, args, isAlive),
    execute: async args => {
      const { minimum, maximum } = args;
      if (typeof maximum === 'number') {
        return scale(context, args, {
          mode: 'adaptive',
          minimum: typeof minimum === 'number' ? minimum : 0,
          maximum
        });
      }
      return askAndScale(context, args, cluster => askBounds(trans, cluster));
    }
  });

  commands.addCommand(CommandIDs.scaleToZero, {
    label: trans.__('Scale Cluster to Zero'),
    caption: trans.__('Give all workers of a cluster back, and keep it'),
    describedBy: argumentsOf(clusterArguments(trans)),
    isEnabled: args => hasCluster(context, args, canShrink),
    execute: args =>
      askAndScale(context, args, cluster => Promise.resolve(zeroSize(cluster)))
  });
}

async function scale(
  context: ICommandContext,
  args: ReadonlyPartialJSONObject,
  request: ScalingRequest
): Promise<Cluster | null> {
  const title = context.trans.__('Change the size of which cluster?');
  const cluster = await chooseCluster(context, args, title, isAlive);
  return cluster && context.manager.scale(cluster.id, request);
}

async function askAndScale(
  context: ICommandContext,
  args: ReadonlyPartialJSONObject,
  ask: (cluster: Cluster) => Promise<ScalingRequest | null>
): Promise<Cluster | null> {
  const title = context.trans.__('Change the size of which cluster?');
  const cluster = await chooseCluster(context, args, title, isAlive);
  const request = cluster && (await ask(cluster));
  return cluster && request
    ? telling(context.manager.scale(cluster.id, request))
    : null;
}

async function askBounds(
  trans: TranslationBundle,
  cluster: Cluster
): Promise<ScalingRequest | null> {
  const minimum = await askNumber(
    trans,
    trans.__('Fewest workers of %1', nameOf(cluster, trans)),
    cluster.scaling?.minimum ?? 0,
    0
  );
  if (minimum === null) {
    return null;
  }
  const lowest = Math.max(1, minimum);
  const maximum = await askNumber(
    trans,
    trans.__('Most workers of %1', nameOf(cluster, trans)),
    Math.max(lowest, cluster.scaling?.maximum ?? lowest),
    lowest
  );
  return maximum === null ? null : { mode: 'adaptive', minimum, maximum };
}

/** Ask for a whole number that is not below `lowest`; null where the user cancels or gives another. */
async function askNumber(
  trans: TranslationBundle,
  title: string,
  start: number,
  lowest: number
): Promise<number | null> {
  const { button, value } = await InputDialog.getNumber({
    title,
    value: start,
    okLabel: trans.__('OK'),
    cancelLabel: trans.__('Cancel')
  });
  if (!button.accept || value === null) {
    return null;
  }
  if (!Number.isInteger(value) || value < lowest) {
    Notification.warning(
      trans.__('This must be a whole number, at least %1.', lowest)
    );
    return null;
  }
  return value;
}

function canShrink(cluster: Cluster): boolean {
  return cluster.state === 'running' && zeroSize(cluster) !== null;
}
