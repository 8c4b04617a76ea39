// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

type Request = KernelMessage.IExecuteRequestMsg['content'];
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A kernel, and the session that it is in, which answers what a test puts into it. */
export class FakeKernel {
  constructor() {
    this.sessionContext = {
      name: 'a.ipynb',
      kernelDisplayName: 'Some kernel',
      ready: Promise.resolve(),
      session: { kernel: this.connection },
      kernelPreference: {},
      specsManager: {
        specs: {
          kernelspecs: { some: this.spec }
        }
      },
      statusChanged: new Signal(this),
      kernelChanged: new Signal(this),
      disposed: new Signal(this)
    } as unknown as ISessionContext;
  }

  readonly spec = { language: 'python' };
  /** The JSON that a question is answered with; empty where it can't be answered. */
  answer = '{}';
  /** What code ends with. */
  outcome: object = { status: 'ok' };
  /** While set, code is not done before this resolves. */
  delay: PromiseDelegate<void> | null = null;
  /** Questions about names, and code that was run. */
  readonly asked: Request[] = [];
  readonly ran: string[] = [];
  readonly sessionContext: ISessionContext;

  readonly connection = {
    id: 'k1',
    name: 'some',
    status: 'idle',
    isDisposed: false,
    statusChanged: new Signal({}),
    disposed: new Signal({}),
    requestExecute: (request: Request) => ({
      done: this._execute(request),
      dispose: () => undefined
    })
  } as unknown as Mutable<Kernel.IKernelConnection>;

  /** Let the kernel come into another state, and tell. */
  become(status: Kernel.Status): void {
    this.connection.status = status;
    (this.connection.statusChanged as Signal<object, unknown>).emit(status);
    (this.sessionContext.statusChanged as Signal<object, unknown>).emit(status);
  }

  private async _execute(request: Request): Promise<object> {
    if (request.user_expressions) {
      this.asked.push(request);
      const data = { 'text/plain': `'${this.answer}'` };
      const answer = { status: 'ok', data };
      return { content: { status: 'ok', user_expressions: { answer } } };
    }
    this.ran.push(request.code);
    await this.delay?.promise;
    return { content: this.outcome };
  }
}
