// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';
import { addIcon, redoIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Cluster, CreateCluster } from '../../_schema';
import { newId } from '../../newid';
import { CommandIDs } from '../../tokens';
import {
  args as argumentsOf,
  backendArgument,
  labelArgument,
  scalingArgument
} from './arguments';
import type { ICommandContext } from './context';
import { codeOf, telling, wordsOf } from './failures';
import { onCluster } from './onecluster';

/** Codes of the errors that another choice of options may mend. */
const MENDABLE = ['refused', 'bad-request'];

/** Commands that create a cluster. Both resolve to the cluster, or null where the user cancelled. */
export function addCreatingCommands(context: ICommandContext): void {
  const { commands, manager, trans } = context;

  commands.addCommand(CommandIDs.createCluster, {
    label: args =>
      args['isMenu'] ? trans.__('New Dask Cluster…') : trans.__('New Cluster…'),
    caption: trans.__('Create a Dask cluster'),
    icon: addIcon,
    describedBy: argumentsOf({
      backend: backendArgument(trans),
      options: {
        type: 'object',
        description: trans.__(
          'Values of the backend’s options. With these or a scaling, the cluster is created at once; without both, a dialog opens.'
        )
      },
      scaling: scalingArgument(trans),
      label: labelArgument(trans),
      id: {
        type: 'string',
        pattern: '^[0-9a-f]{16}$',
        description: trans.__(
          'An id for the cluster; the same request with the same id never makes a second one.'
        )
      },
      ask: {
        type: 'boolean',
        description: trans.__(
          'True to open the dialog with what is given, instead of creating the cluster at once.'
        )
      },
      isMenu: {
        type: 'boolean',
        description: trans.__('True in a menu that has no title of its own.')
      }
    }),
    isEnabled: () => manager.connection === 'ready',
    execute: args => {
      const request = requestOf(args);
      if (request && args['ask'] !== true) {
        return telling(manager.create(request));
      }
      return askAndCreate(context, {
        backend: backendOf(args),
        initial: request ?? undefined
      });
    }
  });

  const retry = onCluster<Cluster | null>(context, {
    label: trans.__('Edit and Retry…'),
    caption: trans.__('Try again to create a cluster, with other options'),
    icon: redoIcon,
    fit: isFailed,
    question: trans.__('Retry which cluster?'),
    otherwise: null,
    run: failed =>
      askAndCreate(context, {
        backend: failed.backend,
        initial: sameAgain(failed),
        error: failed.reason ?? undefined,
        replaced: failed.id
      })
  });
  commands.addCommand(CommandIDs.retryCluster, retry);
}

interface IQuestion {
  backend?: string;
  initial?: CreateCluster;
  error?: string;
  /** The id of the failed cluster whose place the new one takes. */
  replaced?: string;
}

/** Open the dialog, and again with the backend's words as long as it refuses. */
async function askAndCreate(
  context: ICommandContext,
  question: IQuestion
): Promise<Cluster | null> {
  const { commands, manager, translator, stateDB, highlight } = context;
  // The form is the heaviest part of the extension: it is loaded when it is first needed.
  const { openNewClusterDialog } =
    await import('../../widgets/newclusterdialog');
  await manager.ready;
  const { replaced, ...shown } = question;
  const request = await openNewClusterDialog({
    manager,
    translator,
    stateDB,
    highlight,
    onInsert: ({ backend, options, scaling }) => {
      const code = { backend, options, scaling } as ReadonlyPartialJSONObject;
      // The command itself says what went wrong.
      commands.execute(CommandIDs.insertSnippet, code).catch(() => undefined);
    },
    ...shown
  });
  return request ? send(context, { ...request, id: newId() }, replaced) : null;
}

/** Create what the dialog asked for; the id stays the same as long as the request does. */
async function send(
  context: ICommandContext,
  request: CreateCluster,
  replaced?: string
): Promise<Cluster | null> {
  try {
    return await context.manager.create(request, replaced);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'cancelled') {
      return null;
    }
    if (code !== null && MENDABLE.includes(code)) {
      const { backend } = request;
      return askAndCreate(context, {
        backend,
        initial: request,
        error: wordsOf(error),
        replaced
      });
    }
    offerAgain(context, request, error, replaced);
    throw error;
  }
}

/** Say what went wrong, and offer to send the same request again: whether the first one arrived or not, it makes one cluster. */
function offerAgain(
  context: ICommandContext,
  request: CreateCluster,
  error: unknown,
  replaced?: string
): void {
  const { trans } = context;
  const again = () => {
    send(context, request, replaced).catch(() => undefined);
  };
  Notification.error(wordsOf(error), {
    autoClose: false,
    actions: [{ label: trans.__('Try again'), callback: again }]
  });
}

/** The request in the arguments of a command, where they say enough for one. */
function requestOf(args: ReadonlyPartialJSONObject): CreateCluster | null {
  const backend = backendOf(args);
  if (!backend || !(args['options'] || args['scaling'])) {
    return null;
  }
  const { options, scaling, label, id } = args as Partial<CreateCluster>;
  return { backend, options, scaling, label, id };
}

function backendOf(args: ReadonlyPartialJSONObject): string | undefined {
  return typeof args['backend'] === 'string' ? args['backend'] : undefined;
}

/** A request for a cluster like one that there is. */
export function sameAgain(cluster: Cluster): CreateCluster {
  const { backend, options, label, scaling } = cluster;
  const request: CreateCluster = { backend, options, label };
  if (scaling?.mode === 'manual' && scaling.count !== null) {
    request.scaling = { mode: 'manual', count: scaling.count };
  } else if (scaling?.mode === 'adaptive' && scaling.maximum !== null) {
    request.scaling = {
      mode: 'adaptive',
      minimum: scaling.minimum ?? 0,
      maximum: scaling.maximum
    };
  }
  return request;
}

function isFailed(cluster: Cluster): boolean {
  return cluster.state === 'failed';
}
