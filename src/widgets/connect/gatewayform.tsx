// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type {
  Backend,
  ConnectForm,
  GatewayDefinition,
  Preset
} from '../../_schema';
import type { IGateways } from '../../tokens';
import { Note } from '../note';
import { WaitingBar } from '../waitingbar';
import { DialogButton, DialogButtons } from './dialogbuttons';
import { draftOf, gatewayOf, problemsOf } from './gatewaydraft';
import { GatewayFields } from './gatewayfields';
import { showFirstProblem } from './problems';
import { TokenPageLink } from './tokenpagelink';
import { useAsking } from './useasking';

/** Properties of `GatewayForm`. */
export interface IGatewayFormProps {
  gateways: IGateways;
  form: ConnectForm;
  /** The id and the setup of the gateway to change; without it, a new one is added. */
  existing?: { backend: string; definition: GatewayDefinition };
  /** Where the fields of a new one come from, if not from nothing. */
  preset?: Preset;
  /** Where there is a step before this one. */
  onBack?: () => void;
  onSaved: (backend: Backend) => void;
  onCancel: () => void;
  trans: TranslationBundle;
}

/** The setup of a gateway. It stays as typed until the server has taken it. */
export function GatewayForm(props: IGatewayFormProps): JSX.Element {
  const { gateways, form, existing, preset, trans } = props;
  const body = React.useRef<HTMLFormElement>(null);
  const [draft, setDraft] = React.useState(() =>
    draftOf(
      existing?.definition ?? preset ?? { auth: form.auth_types[0]?.id ?? '' }
    )
  );
  const { busy, problem, confirming, ask, forget } = useAsking();
  const problems = problemsOf(draft, trans);

  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (showFirstProblem(body.current)) {
      return;
    }
    ask(async confirm_plain_http => {
      const gateway = { ...gatewayOf(draft), confirm_plain_http };
      props.onSaved(
        existing
          ? await gateways.change(existing.backend, gateway)
          : await gateways.add(gateway)
      );
    });
  };

  const action = existing ? trans.__('Save') : trans.__('Connect');
  const anyway = existing
    ? trans.__('Save anyway')
    : trans.__('Connect anyway');
  return (
    <form
      ref={body}
      className="jp-PccomputeConnect-form"
      noValidate
      onSubmit={submit}
    >
      <div className="jp-PccomputeConnect-scroll">
        {preset && (
          <div className="jp-PccomputeForm-hint">
            {trans.__(
              'Worked out from %1; check it and change what is different there.',
              preset.hub
            )}{' '}
            <TokenPageLink url={preset.token_page} trans={trans} />
          </div>
        )}
        <GatewayFields
          form={form}
          draft={draft}
          problems={problems}
          onChange={change => {
            forget();
            setDraft(current => ({ ...current, ...change }));
          }}
          trans={trans}
        />
      </div>
      {busy && <WaitingBar label={trans.__('Saving')} />}
      {problem && (
        <Note kind={confirming ? 'warning' : 'error'} alert>
          {problem}
        </Note>
      )}
      <DialogButtons
        apart={
          props.onBack && (
            <DialogButton look="reject" onClick={props.onBack}>
              {trans.__('Back')}
            </DialogButton>
          )
        }
      >
        <DialogButton look="reject" onClick={props.onCancel}>
          {trans.__('Cancel')}
        </DialogButton>
        <DialogButton look={confirming ? 'warn' : 'accept'} busy={busy}>
          {confirming ? anyway : action}
        </DialogButton>
      </DialogButtons>
    </form>
  );
}
