// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { Kernel } from '@jupyterlab/services';

/** Milliseconds that a kernel has to answer a question; it may be about to be busy. */
const PATIENCE = 2000;

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
 * @returns The value as the kernel displays it; null where it is busy, does not
 * answer in time, or can't evaluate that.
 */
export async function evaluate(
  kernel: Kernel.IKernelConnection,
  expression: string,
  patience: number = PATIENCE
): Promise<string | null> {
  if (kernel.status !== 'idle') {
    return null;
  }
  const future = kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    user_expressions: { answer: expression },
    allow_stdin: false,
    stop_on_error: false
  });
  let timer = 0;
  const late = new Promise<null>(resolve => {
    timer = window.setTimeout(() => resolve(null), patience);
  });
  try {
    const reply = await Promise.race([future.done, late]);
    // Until the kernel is known to be idle again, the next question would take it for busy.
    await Promise.race([idle(kernel), late]);
    return reply?.content.status === 'ok'
      ? textOf(reply.content.user_expressions['answer'])
      : null;
  } catch {
    // The kernel has ended or restarts.
    return null;
  } finally {
    window.clearTimeout(timer);
    future.dispose();
  }
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

/** Resolves once a kernel is idle. */
function idle(kernel: Kernel.IKernelConnection): Promise<void> {
  return new Promise(resolve => {
    const check = () => {
      if (kernel.status === 'idle') {
        kernel.statusChanged.disconnect(check);
        resolve();
      }
    };
    kernel.statusChanged.connect(check);
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
