// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { CommandRegistry } from '@lumino/commands';
import type { Backend } from '../../_schema';
import type { IChoiceContext } from '../commands/context';

/** What the commands on gateways, credentials and checks work with. */
export interface IGatewayContext extends IChoiceContext {
  readonly commands: CommandRegistry;
  /** The id of the kernel that the person works with now; null where there is none. */
  currentKernel(this: void): string | null;
}

/** Whether a backend is one that the user added. */
export function isEditable(backend: Backend): boolean {
  return backend.editable;
}

/** Whether a backend takes a credential that can be entered. */
export function takesCredential(backend: Backend): boolean {
  return backend.credential !== null;
}
