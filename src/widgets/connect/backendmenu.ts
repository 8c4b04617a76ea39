// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import {
  closeIcon,
  editIcon,
  infoIcon,
  searchIcon
} from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Backend } from '../../_schema';
import { CommandIDs } from '../../tokens';
import type { IMenuItem } from '../menu';

/** What a person can do with a backend. */
export function backendMenu(
  backend: Backend,
  execute: (command: string, args: ReadonlyPartialJSONObject) => void,
  trans: TranslationBundle
): IMenuItem[] {
  const { credential, editable } = backend;
  const run = (command: string) => () =>
    execute(command, { backend: backend.id });
  const items: IMenuItem[] = [
    {
      label: trans.__('Check connection…'),
      icon: infoIcon,
      run: run(CommandIDs.checkBackend)
    }
  ];
  if (backend.finds_leftovers) {
    items.push({
      label: trans.__('Find leftovers…'),
      icon: searchIcon,
      run: run(CommandIDs.findLeftovers)
    });
  }
  if (credential) {
    items.push({
      label: credential.present
        ? trans.__('Replace credential…')
        : trans.__('Sign in…'),
      begins: true,
      run: run(CommandIDs.signIn)
    });
  }
  if (credential?.present) {
    items.push({
      label: trans.__('Delete credential…'),
      enabled: credential.removable,
      run: run(CommandIDs.deleteCredential)
    });
  }
  if (editable) {
    items.push(
      {
        label: trans.__('Edit gateway…'),
        icon: editIcon,
        begins: true,
        run: run(CommandIDs.editGateway)
      },
      {
        label: trans.__('Forget gateway…'),
        icon: closeIcon,
        run: run(CommandIDs.forgetGateway)
      }
    );
  }
  return items;
}
