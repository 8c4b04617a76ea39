// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Backend, ConnectForm, CredentialStatus } from '../../_schema';
import type { IGateways } from '../../tokens';
import { Note } from '../note';
import { WaitingBar } from '../waitingbar';
import { DialogButton, DialogButtons } from './dialogbuttons';
import { firstPlace, PlacePicker } from './placepicker';
import { showFirstProblem } from './problems';
import { SecretField } from './secretfield';
import { TextField } from './textfield';
import { TokenPageLink } from './tokenpagelink';
import { useAsking } from './useasking';

/** Properties of `SignInForm`. */
export interface ISignInFormProps {
  gateways: IGateways;
  backend: Backend;
  credential: CredentialStatus;
  form: ConnectForm;
  onSignedIn: (status: CredentialStatus) => void;
  onCancel: () => void;
  trans: TranslationBundle;
}

/** Asks for a credential, which the server verifies before it keeps it. */
export function SignInForm(props: ISignInFormProps): JSX.Element {
  const { gateways, backend, credential, form, trans } = props;
  const body = React.useRef<HTMLFormElement>(null);
  const secret = React.useRef<HTMLInputElement>(null);
  const [filled, setFilled] = React.useState(false);
  const [username, setUsername] = React.useState(credential.user ?? '');
  const [store, setStore] = React.useState(firstPlace(form.places));
  const { busy, problem, confirming, ask, forget } = useAsking();
  const withPassword = credential.kind === 'password';

  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (showFirstProblem(body.current)) {
      return;
    }
    ask(async confirm_plain_http => {
      const status = await gateways.signIn(backend.id, {
        value: secret.current?.value.trim() ?? '',
        username: withPassword ? username.trim() : null,
        store,
        confirm_plain_http
      });
      if (secret.current) {
        secret.current.value = '';
      }
      props.onSignedIn(status);
    });
  };

  return (
    <form
      ref={body}
      className="jp-PccomputeConnect-form"
      noValidate
      autoComplete="off"
      onSubmit={submit}
    >
      <div className="jp-PccomputeConnect-scroll">
        {backend.state === 'needs-credential' && backend.reason && (
          <Note kind="info">{backend.reason}</Note>
        )}
        {credential.token_page && (
          <div>
            <TokenPageLink url={credential.token_page} trans={trans} />
          </div>
        )}
        {withPassword && (
          <TextField
            label={trans.__('User name')}
            className="jp-PccomputeConnect-first"
            value={username}
            error={username.trim() ? null : trans.__('Enter the user name')}
            onChange={value => {
              forget();
              setUsername(value);
            }}
          />
        )}
        <SecretField
          label={withPassword ? trans.__('Password') : trans.__('Token')}
          className={withPassword ? undefined : 'jp-PccomputeConnect-first'}
          field={secret}
          missing={
            filled
              ? null
              : withPassword
                ? trans.__('Enter the password')
                : trans.__('Paste the token')
          }
          onFilled={now => {
            forget();
            setFilled(now);
          }}
        />
        <div className="jp-PccomputeForm-hint">
          {trans.__(
            'It is verified first, sent to %1 only, and never shown again.',
            credential.origin
          )}
        </div>
        <PlacePicker
          places={form.places}
          value={store}
          onChange={setStore}
          trans={trans}
        />
      </div>
      {busy && <WaitingBar label={trans.__('Verifying')} />}
      {problem && (
        <Note kind={confirming ? 'warning' : 'error'} alert>
          {problem}
        </Note>
      )}
      <DialogButtons>
        <DialogButton look="reject" onClick={props.onCancel}>
          {trans.__('Cancel')}
        </DialogButton>
        <DialogButton look={confirming ? 'warn' : 'accept'} busy={busy}>
          {confirming ? trans.__('Sign in anyway') : trans.__('Sign in')}
        </DialogButton>
      </DialogButtons>
    </form>
  );
}
