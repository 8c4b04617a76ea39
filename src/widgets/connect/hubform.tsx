// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Preset } from '../../_schema';
import type { IGateways } from '../../tokens';
import { Note } from '../note';
import { DialogButton, DialogButtons } from './dialogbuttons';
import { urlProblem } from './gatewaydraft';
import { showFirstProblem } from './problems';
import { TextField } from './textfield';
import { useAsking } from './useasking';

const EXAMPLE_HUB = 'https://hub.example.com';

/** Properties of `HubForm`. */
export interface IHubFormProps {
  gateways: IGateways;
  hub: string;
  onHub: (hub: string) => void;
  onPreset: (preset: Preset) => void;
  /** Called where everything is typed by hand. */
  onByHand: () => void;
  onCancel: () => void;
  trans: TranslationBundle;
}

/** Asks for a hub's address, from which the rest is worked out. */
export function HubForm(props: IHubFormProps): JSX.Element {
  const { gateways, hub, trans } = props;
  const body = React.useRef<HTMLFormElement>(null);
  const { busy, problem, ask, forget } = useAsking();
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (!showFirstProblem(body.current)) {
      ask(async () => props.onPreset(await gateways.preset(hub.trim())));
    }
  };
  return (
    <form
      ref={body}
      className="jp-PccomputeConnect-form"
      noValidate
      onSubmit={submit}
    >
      <div className="jp-PccomputeConnect-scroll">
        <TextField
          label={trans.__('Address of the hub')}
          description={trans.__(
            'For a JupyterHub with a Dask Gateway, such as the Planetary Computer’s. Any page of it will do; the gateway’s addresses are worked out from it.'
          )}
          className="jp-PccomputeConnect-first"
          placeholder={EXAMPLE_HUB}
          url
          value={hub}
          error={
            hub.trim()
              ? hubProblem(hub, trans)
              : trans.__('Enter the hub’s address')
          }
          onChange={value => {
            forget();
            props.onHub(value);
          }}
        />
      </div>
      {problem && (
        <Note kind="error" alert>
          {problem}
        </Note>
      )}
      <DialogButtons
        apart={
          <button
            type="button"
            className="jp-PccomputeConnect-link"
            onClick={props.onByHand}
          >
            {trans.__('Another gateway, by hand')}
          </button>
        }
      >
        <DialogButton look="reject" onClick={props.onCancel}>
          {trans.__('Cancel')}
        </DialogButton>
        <DialogButton look="accept" busy={busy}>
          {trans.__('Continue')}
        </DialogButton>
      </DialogButtons>
    </form>
  );
}

/** Any page of the hub will do, whatever follows ? or # there; the server leaves that out. */
function hubProblem(hub: string, trans: TranslationBundle): string | null {
  return urlProblem(hub.replace(/[?#].*$/, ''), trans);
}
