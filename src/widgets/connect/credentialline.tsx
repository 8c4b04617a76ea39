// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Backend } from '../../_schema';
import { CommandIDs } from '../../tokens';
import { Button } from '../buttons';
import { useExecute, usePanel } from '../context';
import { Elapsed } from '../elapsed';
import { formatAge } from '../format';
import { Note } from '../note';

/** Who is signed in to a backend and when the credential ends, in one line; nothing where none is in use. Where it is kept is in the tooltip. */
export function CredentialLine(props: {
  backend: Backend;
}): JSX.Element | null {
  const { backend } = props;
  const { credential } = backend;
  const { trans } = usePanel();
  if (!credential?.present || !credential.usable) {
    return null;
  }
  const { user, where, expires, warning } = credential;
  const who = user ? trans.__('Signed in as %1', user) : trans.__('Signed in');
  const full = [who, where && trans.__('kept in %1', where)];
  return (
    <>
      <div
        className="jp-PccomputePanel-credential"
        title={full.filter(Boolean).join(' · ')}
      >
        {who}
        {expires && (
          <>
            {' · '}
            <Elapsed
              moment={expires}
              down
              every="minute"
              format={seconds =>
                trans.__('expires in %1', formatAge(seconds, trans))
              }
            />
          </>
        )}
      </div>
      {warning && (
        <Note
          kind="warning"
          action={credential.expires_soon && <SignInButton backend={backend} />}
        >
          {warning}
        </Note>
      )}
    </>
  );
}

/** A button that asks for the credential of a backend. */
export function SignInButton(props: { backend: Backend }): JSX.Element {
  const { id, label, credential } = props.backend;
  const { trans } = usePanel();
  const execute = useExecute();
  const [words, full] = credential?.present
    ? [trans.__('Sign in again'), trans.__('Sign in to %1 again', label)]
    : [trans.__('Sign in'), trans.__('Sign in to %1', label)];
  return (
    <Button
      look="primary"
      label={full}
      onClick={() => execute(CommandIDs.signIn, { backend: id })}
    >
      {words}
    </Button>
  );
}
