// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { CommandIDs } from '../../tokens';
import { openSignInDialog } from '../../widgets/connect/signindialog';
import { args as argumentsOf, backendArgument } from '../commands/arguments';
import { chooseBackend } from '../commands/choosing';
import { telling } from '../commands/failures';
import { type IGatewayContext, takesCredential } from './context';

/** Commands on credentials. None takes or gives one: what commands are executed with can be recorded. */
export function addCredentialCommands(context: IGatewayContext): void {
  const { commands, manager, trans } = context;
  const { gateways } = manager;

  commands.addCommand(CommandIDs.signIn, {
    label: trans.__('Sign In to a Backend…'),
    caption: trans.__('Enter or replace the credential of a backend'),
    describedBy: argumentsOf({ backend: backendArgument(trans) }),
    isEnabled: () => manager.backends.some(takesCredential),
    execute: async args => {
      const title = trans.__('Sign in to which backend?');
      const backend = await chooseBackend(
        context,
        args,
        title,
        takesCredential
      );
      if (!backend) {
        return null;
      }
      const { credential } = backend;
      if (!credential) {
        Notification.info(
          trans.__(
            '%1 takes no credential that could be entered here.',
            backend.label
          )
        );
        return null;
      }
      const form = await telling(gateways.form());
      return openSignInDialog({ gateways, backend, credential, form, trans });
    }
  });

  commands.addCommand(CommandIDs.deleteCredential, {
    label: trans.__('Delete Credential…'),
    caption: trans.__('Delete the credential that was entered for a backend'),
    describedBy: argumentsOf({ backend: backendArgument(trans) }),
    isEnabled: () =>
      manager.backends.some(({ credential }) => credential?.removable),
    execute: async args => {
      const backend = await chooseBackend(
        context,
        args,
        trans.__('Delete the credential of which backend?'),
        each => each.credential?.removable === true
      );
      if (!backend) {
        return false;
      }
      const where = backend.credential?.where;
      const sharing = manager.backends.filter(
        each =>
          each.id !== backend.id &&
          each.credential?.origin === backend.credential?.origin
      );
      const words = [
        where && trans.__('It is kept in %1.', where),
        trans.__('It stays valid where it was made: revoke it there, too.'),
        sharing.length > 0 &&
          trans.__(
            'It is also used for: %1.',
            sharing.map(({ label }) => label).join(', ')
          )
      ];
      const { button } = await showDialog({
        title: trans.__('Delete the credential for %1?', backend.label),
        body: words.filter(Boolean).join(' '),
        buttons: [
          Dialog.cancelButton({ label: trans.__('Cancel') }),
          Dialog.warnButton({ label: trans.__('Delete') })
        ]
      });
      if (!button.accept) {
        return false;
      }
      await telling(gateways.deleteCredential(backend.id));
      return true;
    }
  });
}
