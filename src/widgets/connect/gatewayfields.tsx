// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { ConnectForm } from '../../_schema';
import { MAX_LABEL } from '../clustername';
import {
  defaultLabel,
  defaultProxy,
  type DraftProblems,
  type GatewayDraft
} from './gatewaydraft';
import { TextField } from './textfield';

const EXAMPLE_ADDRESS = 'https://hub.example.com/services/dask-gateway';

/** Properties of `GatewayFields`. */
export interface IGatewayFieldsProps {
  form: ConnectForm;
  draft: GatewayDraft;
  problems: DraftProblems;
  onChange: (change: Partial<GatewayDraft>) => void;
  trans: TranslationBundle;
}

/** Everything that makes a gateway, to be typed. */
export function GatewayFields(props: IGatewayFieldsProps): JSX.Element {
  const { form, draft, problems, onChange, trans } = props;
  const { allowed_addresses: allowed } = form;
  const optional = trans.__('optional');
  return (
    <>
      <TextField
        label={trans.__('Name')}
        hint={optional}
        className="jp-PccomputeConnect-first"
        placeholder={defaultLabel(draft.address)}
        maxLength={MAX_LABEL}
        value={draft.label}
        onChange={label => onChange({ label })}
      />
      <TextField
        label={trans.__('Address')}
        description={
          allowed && trans.__('Allowed here: %1', allowed.join(', ') || '–')
        }
        placeholder={EXAMPLE_ADDRESS}
        url
        value={draft.address}
        error={problems.address}
        onChange={address => onChange({ address })}
      />
      <TextField
        label={trans.__('Proxy address')}
        hint={optional}
        description={trans.__(
          'Where notebooks reach the schedulers; by default at the address’s own host and port.'
        )}
        placeholder={defaultProxy(draft.address)}
        value={draft.proxy_address}
        error={problems.proxy_address}
        onChange={proxy_address => onChange({ proxy_address })}
      />
      <TextField
        label={trans.__('Public address')}
        hint={optional}
        description={trans.__(
          'The gateway’s address for browsers, where it is another one.'
        )}
        placeholder={draft.address}
        url
        value={draft.public_address}
        error={problems.public_address}
        onChange={public_address => onChange({ public_address })}
      />
      <AuthPicker {...props} />
      {draft.auth === 'jupyterhub' && (
        <TextField
          label={trans.__('Hub')}
          hint={optional}
          description={trans.__(
            'The JupyterHub that verifies tokens; by default as the address tells.'
          )}
          url
          value={draft.hub}
          error={problems.hub}
          onChange={hub => onChange({ hub })}
        />
      )}
      <TextField
        label={trans.__('Default image')}
        hint={optional}
        description={trans.__(
          'The container image of new clusters, unless another is chosen.'
        )}
        value={draft.image}
        onChange={image => onChange({ image })}
      />
    </>
  );
}

/** How to prove who one is: what the server allows. */
function AuthPicker(props: IGatewayFieldsProps): JSX.Element {
  const { form, draft, onChange, trans } = props;
  const id = React.useId();
  const offered = form.auth_types.some(({ id }) => id === draft.auth);
  return (
    <div className="jp-PccomputeForm-item">
      <label className="jp-PccomputeForm-label" htmlFor={id}>
        {trans.__('Sign in with')}
      </label>
      <select
        id={id}
        className="jp-PccomputeForm-input"
        value={draft.auth}
        onChange={event => onChange({ auth: event.target.value })}
      >
        {!offered && (
          <option value={draft.auth} disabled>
            {trans.__('%1 (not allowed here)', draft.auth || '–')}
          </option>
        )}
        {form.auth_types.map(each => (
          <option key={each.id} value={each.id}>
            {each.title}
          </option>
        ))}
      </select>
    </div>
  );
}
