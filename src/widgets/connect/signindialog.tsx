// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { CredentialStatus } from '../../_schema';
import { SignedIn } from './signedin';
import { type ISignInFormProps, SignInForm } from './signinform';
import { openStayingDialog } from './stayingdialog';

/** Options of `openSignInDialog`. */
export type ISignInDialogOptions = Omit<
  ISignInFormProps,
  'onSignedIn' | 'onCancel'
>;

/**
 * Ask for the credential of a backend, and have it verified and kept.
 *
 * @returns What is known of it, or null if the person changed their mind. Never the credential.
 */
export async function openSignInDialog(
  options: ISignInDialogOptions
): Promise<CredentialStatus | null> {
  let kept: CredentialStatus | null = null;
  await openStayingDialog<void>({
    title: options.trans.__('Sign in to %1', options.backend.label),
    focus: '.jp-PccomputeConnect-first',
    render: close => (
      <SignInSteps
        {...options}
        onSignedIn={status => {
          kept = status;
        }}
        onCancel={() => close(null)}
      />
    )
  });
  return kept;
}

/** First the form, then what was found out. */
function SignInSteps(props: ISignInFormProps): JSX.Element {
  const [status, setStatus] = React.useState<CredentialStatus | null>(null);
  const steps = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    if (status) {
      steps.current
        ?.querySelector<HTMLElement>('.jp-PccomputeConnect-done')
        ?.focus();
    }
  }, [status]);
  return (
    <div ref={steps} className="jp-PccomputeConnect-steps">
      {status ? (
        <SignedIn status={status} onDone={props.onCancel} trans={props.trans} />
      ) : (
        <SignInForm
          {...props}
          onSignedIn={now => {
            props.onSignedIn(now);
            setStatus(now);
          }}
        />
      )}
    </div>
  );
}
