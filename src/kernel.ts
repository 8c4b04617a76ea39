// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Kernel } from '@jupyterlab/services';

/** Milliseconds that a kernel has to become idle and answer a question. */
const PATIENCE = 2000;

/** The states of a kernel that will not become idle by itself. */
const ENDED: Kernel.Status[] = ['terminating', 'dead'];

/** Code that raised an error in a kernel, or that the kernel did not run. */
export class KernelError extends Error {
  constructor(
    message: string,
    /** The whole traceback, as text. */
    readonly details: string
  ) {
    super(message);
  }
}

/**
 * Ask a kernel for the value of an expression, without leaving a trace in it.
 *
 * @param patience Milliseconds; `Infinity` waits for whatever the kernel has to do before.
 * @returns The value as the kernel displays it; null where it stays busy, does
 * not answer in time, or can't evaluate that.
 */
export async function evaluate(
  kernel: Kernel.IKernelConnection,
  expression: string,
  patience: number = PATIENCE
): Promise<string | null> {
  let timer = 0;
  const late = new Promise<null>(resolve => {
    if (Number.isFinite(patience)) {
      timer = window.setTimeout(() => resolve(null), patience);
    }
  });
  try {
    await Promise.race([idle(kernel), late]);
    return kernel.status === 'idle'
      ? await Promise.race([answerOf(kernel, expression), late])
      : null;
  } catch {
    // The kernel has ended or restarts.
    return null;
  } finally {
    window.clearTimeout(timer);
  }
}

/** What an idle kernel answers; it is idle again then. */
async function answerOf(
  kernel: Kernel.IKernelConnection,
  expression: string
): Promise<string | null> {
  const future = kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    user_expressions: { answer: expression },
    allow_stdin: false,
    stop_on_error: false
  });
  const { content } = await future.done;
  // Until the kernel is known to be idle again, the next question would take it for busy.
  await idle(kernel);
  return content.status === 'ok'
    ? textOf(content.user_expressions['answer'])
    : null;
}

/**
 * Run code in a kernel without a trace in its history, after whatever it has to do before.
 *
 * Rejects with a `KernelError` where the code raises an error or is not run.
 */
export async function runSilently(
  kernel: Kernel.IKernelConnection,
  code: string
): Promise<void> {
  const future = kernel.requestExecute({
    code,
    silent: true,
    store_history: false,
    allow_stdin: false,
    stop_on_error: false
  });
  const { content } = await future.done;
  if (content.status === 'ok') {
    return;
  }
  if (content.status === 'error') {
    throw new KernelError(
      `${content.ename}: ${content.evalue}`,
      withoutColours((content.traceback ?? []).join('\n'))
    );
  }
  throw new KernelError('The kernel was interrupted before it ran this.', '');
}

/** Resolves once a kernel is idle, or has ended. */
export function idle(kernel: Kernel.IKernelConnection): Promise<void> {
  return new Promise(resolve => {
    const check = () => {
      if (
        kernel.status === 'idle' ||
        ENDED.includes(kernel.status) ||
        kernel.isDisposed
      ) {
        kernel.statusChanged.disconnect(check);
        kernel.disposed.disconnect(check);
        resolve();
      }
    };
    kernel.statusChanged.connect(check);
    kernel.disposed.connect(check);
    check();
  });
}

/** The text of an answer, as the kernel's formatter gives it. */
function textOf(answer: unknown): string | null {
  const { status, data } = Object(answer) as {
    status?: string;
    data?: { [type: string]: unknown };
  };
  const text = data?.['text/plain'];
  return status === 'ok' && typeof text === 'string' ? text : null;
}

/** A traceback without the codes that colour it in terminals. */
function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
