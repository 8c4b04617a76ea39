// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { addIcon, closeIcon, editIcon } from '@jupyterlab/ui-components';
import type { JSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Backend, SaveGateway } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { openGatewayDialog } from '../../widgets/connect/gatewaydialog';
import { args as argumentsOf, backendArgument } from '../commands/arguments';
import { chooseBackend } from '../commands/choosing';
import { telling } from '../commands/failures';
import { type IGatewayContext, isEditable } from './context';

/** Commands that add, change and forget gateways. */
export function addConnectingCommands(context: IGatewayContext): void {
  const { commands, manager, trans } = context;
  const { gateways } = manager;

  commands.addCommand(CommandIDs.connectGateway, {
    label: trans.__('Connect to a Gateway…'),
    caption: trans.__('Add a Dask Gateway to the compute panel'),
    icon: addIcon,
    describedBy: argumentsOf(gatewayArguments(trans)),
    isEnabled: () => manager.connection === 'ready',
    execute: async args => {
      const request = requestOf(args);
      if (request) {
        return telling(gateways.add(request));
      }
      const form = await telling(gateways.form());
      if (!form.user_gateways) {
        Notification.info(
          trans.__(
            'The administrator of this server does not allow to add gateways.'
          )
        );
        return null;
      }
      const hub = typeof args['hub'] === 'string' ? args['hub'] : undefined;
      const added = await openGatewayDialog({ gateways, form, hub, trans });
      if (added?.credential && !added.credential.usable) {
        await commands.execute(CommandIDs.signIn, { backend: added.id });
      }
      return added;
    }
  });

  commands.addCommand(CommandIDs.editGateway, {
    label: trans.__('Edit Gateway…'),
    caption: trans.__('Change how a gateway that you added is reached'),
    icon: editIcon,
    describedBy: argumentsOf({ backend: backendArgument(trans) }),
    isEnabled: args => hasEditable(context, args),
    execute: async args => {
      const title = trans.__('Edit which gateway?');
      const backend = await chooseBackend(context, args, title, isEditable);
      if (!backend) {
        return null;
      }
      const [form, definition] = await telling(
        Promise.all([gateways.form(), gateways.definition(backend.id)])
      );
      const existing = { backend: backend.id, definition };
      return openGatewayDialog({ gateways, form, existing, trans });
    }
  });

  commands.addCommand(CommandIDs.forgetGateway, {
    label: trans.__('Forget Gateway…'),
    caption: trans.__('Take a gateway that you added out of the panel'),
    icon: closeIcon,
    describedBy: argumentsOf({
      backend: backendArgument(trans),
      confirmed: {
        type: 'boolean',
        description: trans.__(
          'True where the user was asked already; else the command asks.'
        )
      }
    }),
    isEnabled: args => hasEditable(context, args),
    execute: async args => {
      const title = trans.__('Forget which gateway?');
      const backend = await chooseBackend(context, args, title, isEditable);
      if (!backend) {
        return false;
      }
      if (args['confirmed'] !== true) {
        const { button } = await showDialog({
          title: trans.__('Forget %1?', backend.label),
          body: forgotten(backend, manager.backends, trans),
          buttons: [
            Dialog.cancelButton({ label: trans.__('Cancel') }),
            Dialog.warnButton({ label: trans.__('Forget') })
          ]
        });
        if (!button.accept) {
          return false;
        }
      }
      await telling(gateways.forget(backend.id));
      return true;
    }
  });
}

function hasEditable(
  { manager }: IGatewayContext,
  args: ReadonlyPartialJSONObject
): boolean {
  return manager.backends.some(
    each => each.editable && (args['backend'] ?? each.id) === each.id
  );
}

/** What goes with a gateway, in words. A credential that another backend uses, too, stays. */
function forgotten(
  backend: Backend,
  backends: readonly Backend[],
  trans: TranslationBundle
): string {
  const gone = trans.__(
    'The panel no longer shows it or its clusters; nothing is changed on the gateway itself.'
  );
  const { credential } = backend;
  if (!credential?.present || !credential.removable) {
    return gone;
  }
  const other = backends.find(
    each =>
      each.id !== backend.id && each.credential?.origin === credential.origin
  );
  const fate = other
    ? trans.__('The stored credential stays: %1 uses it, too.', other.label)
    : trans.__('The stored credential is deleted, too.');
  return `${gone} ${fate}`;
}

/** A request in the arguments of a command, where they say enough for one. */
function requestOf(args: ReadonlyPartialJSONObject): SaveGateway | null {
  const { label, address } = args;
  if (typeof label !== 'string' || typeof address !== 'string') {
    return null;
  }
  const { proxy_address, public_address, auth, hub, image } =
    args as Partial<SaveGateway>;
  return { label, address, proxy_address, public_address, auth, hub, image };
}

function gatewayArguments(trans: TranslationBundle): JSONObject {
  const text = (description: string): JSONObject => ({
    type: 'string',
    minLength: 1,
    description
  });
  return {
    label: text(
      trans.__(
        'The name that is shown. With it and an address, the gateway is added at once; else a dialog opens.'
      )
    ),
    address: text(trans.__('The URL of the gateway.')),
    proxy_address: text(
      trans.__(
        'Where schedulers are reached; by default host and port of the address.'
      )
    ),
    public_address: text(
      trans.__('The URL of the gateway for browsers, where it is another.')
    ),
    auth: text(
      trans.__('How to sign in: jupyterhub, basic, none, kerberos, or a class.')
    ),
    hub: text(
      trans.__('The URL of the JupyterHub; alone, the dialog starts with it.')
    ),
    image: text(trans.__('The image of new clusters.'))
  };
}
