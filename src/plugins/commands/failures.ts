// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Notification } from '@jupyterlab/apputils';

/** What is read of the error that a method of `IClusterManager` rejects with. */
interface IServerError {
  code?: unknown;
  message?: unknown;
}

/** The stable code of an error, where the manager gave it one. */
export function codeOf(error: unknown): string | null {
  const code = (error as IServerError | null)?.code;
  return typeof code === 'string' ? code : null;
}

/** The words of an error; those of the server are fit for people. */
export function wordsOf(error: unknown): string {
  const message = (error as IServerError | null)?.message;
  return typeof message === 'string' && message ? message : String(error);
}

/**
 * Show people why `action` failed, and reject all the same: a program that
 * executed the command learns of it, too.
 */
export async function telling<T>(
  action: Promise<T>,
  actions: Notification.IAction[] = []
): Promise<T> {
  try {
    return await action;
  } catch (error) {
    if (codeOf(error) !== 'cancelled') {
      Notification.error(wordsOf(error), { autoClose: false, actions });
    }
    throw error;
  }
}
