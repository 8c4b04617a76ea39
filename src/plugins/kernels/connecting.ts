// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Cluster } from '../../_schema';
import { languageOf } from '../../insertion';
import { KernelError, runSilently } from '../../kernel';
import { wordsOf } from '../commands/failures';
import { namesInUse, takenGiven } from '../snippets/names';
import { ofCluster, snippetOf } from '../snippets/source';
import type { Target } from '../snippets/target';
import { compareBeside } from '../versions/comparing';
import type { IKernelContext } from './context';

/** The language of the code that connects. */
const LANGUAGE = 'python';

/** Why the kernel at a target can't be connected, for people; null where it can. */
export function hindrance(
  target: Target | null,
  trans: TranslationBundle
): string | null {
  if (!target) {
    return trans.__(
      'No notebook or console is open. Open one with a Python kernel, then connect again.'
    );
  }
  const { sessionContext } = target.panel;
  const language = languageOf(sessionContext);
  if (language !== null && language !== LANGUAGE) {
    return trans.__(
      'The kernel of %1 (%2) does not run Python. Open a Python notebook, or insert the code there.',
      sessionContext.name,
      sessionContext.kernelDisplayName
    );
  }
  return sessionContext.session?.kernel
    ? null
    : trans.__(
        '%1 has no kernel that runs. Start one, then connect again.',
        sessionContext.name
      );
}

/**
 * Connect the kernel at a target to a cluster: run the code of the first way
 * there, silently, unless it is connected already. The outcome is told on the
 * cluster's card.
 *
 * @returns Whether the kernel is connected.
 */
export async function connectKernel(
  context: IKernelContext,
  cluster: Cluster,
  target: Target
): Promise<boolean> {
  const { connections, recent } = context;
  const { sessionContext } = target.panel;
  const kernel = sessionContext.session?.kernel;
  if (!kernel) {
    return false;
  }
  const place = sessionContext.name;
  connections.set(cluster.id, { state: 'connecting', place });
  try {
    const client = await clientIn(context, kernel, cluster, target);
    connections.set(cluster.id, { state: 'connected', place, client });
    recent.cluster = cluster.id;
    forgetWhenOver(context, cluster.id, sessionContext, kernel);
    return true;
  } catch (error) {
    const details = error instanceof KernelError ? error.details : '';
    const message = wordsOf(error);
    connections.set(cluster.id, { state: 'failed', place, message, details });
    return false;
  } finally {
    // Not before: a kernel that is busy can't tell which names it has. Other versions may also be why it failed.
    compareBeside(context.app.commands, cluster.id, kernel.id);
  }
}

/** The name of a client of the cluster in a kernel, made where there is none. */
async function clientIn(
  context: IKernelContext,
  kernel: Kernel.IKernelConnection,
  cluster: Cluster,
  target: Target
): Promise<string> {
  // The code waits for what the kernel has to do before too, and must not take a name from it then.
  const inUse = await namesInUse(kernel, cluster, Infinity);
  if (inUse.client !== null) {
    return inUse.client;
  }
  const taken = takenGiven(inUse, target, cluster);
  const snippet = await snippetOf(
    context,
    ofCluster(cluster),
    undefined,
    taken
  );
  await runSilently(kernel, snippet.code);
  return snippet.names?.client ?? 'client';
}

/** Take the note of a connection back once its kernel restarts, ends or gives way to another. */
function forgetWhenOver(
  { connections }: IKernelContext,
  cluster: string,
  session: ISessionContext,
  kernel: Kernel.IKernelConnection
): void {
  const noted = connections.of(cluster);
  const check = () => {
    if (
      OVER.includes(kernel.status) ||
      session.session?.kernel?.id !== kernel.id
    ) {
      session.statusChanged.disconnect(check);
      session.kernelChanged.disconnect(check);
      session.disposed.disconnect(check);
      if (connections.of(cluster) === noted) {
        connections.set(cluster, null);
      }
    }
  };
  session.statusChanged.connect(check);
  session.kernelChanged.connect(check);
  session.disposed.connect(check);
}

/** The states of a kernel in which what was in it is gone. */
const OVER: Kernel.Status[] = [
  'restarting',
  'autorestarting',
  'terminating',
  'dead'
];
