// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { CredentialStatus } from '../../_schema';
import { formatAge } from '../format';
import { Note } from '../note';
import { DialogButton, DialogButtons } from './dialogbuttons';

/** Properties of `SignedIn`. */
export interface ISignedInProps {
  status: CredentialStatus;
  onDone: () => void;
  trans: TranslationBundle;
}

/** What was verified of a credential, after it was kept. */
export function SignedIn(props: ISignedInProps): JSX.Element {
  const { status, trans } = props;
  const facts: [string, string][] = [
    [trans.__('Whose'), status.user ?? trans.__('not known')],
    [trans.__('Kept in'), status.where ?? trans.__('not known')],
    [trans.__('Expires'), expiry(status.expires, trans)]
  ];
  if (status.scopes) {
    const scopes = status.scopes.join(', ');
    facts.push([trans.__('Scopes'), scopes || trans.__('none')]);
  }
  return (
    <div className="jp-PccomputeConnect-form">
      <div className="jp-PccomputeConnect-scroll" role="status">
        <div>{trans.__('The credential is good and has been kept.')}</div>
        <dl className="jp-PccomputeConnect-facts">
          {facts.map(([name, value]) => (
            <React.Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </React.Fragment>
          ))}
        </dl>
        {status.warning && <Note kind="warning">{status.warning}</Note>}
      </div>
      <DialogButtons>
        <DialogButton
          look="accept"
          className="jp-PccomputeConnect-done"
          onClick={props.onDone}
        >
          {trans.__('Done')}
        </DialogButton>
      </DialogButtons>
    </div>
  );
}

/** When a credential ends, by the reader's calendar, and how long that is from now. */
function expiry(expires: string | null, trans: TranslationBundle): string {
  if (expires === null) {
    return trans.__('never, or not known');
  }
  const seconds = (Date.parse(expires) - Date.now()) / 1000;
  return trans.__(
    '%1 (in %2)',
    new Date(expires).toLocaleString(),
    formatAge(seconds, trans)
  );
}
