// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { CredentialStatus, PutCredential } from '../../../_schema';
import { trans } from '../../__tests__/dom';
import { backendWith, FakeManager } from '../../__tests__/fakemanager';
import { openSignInDialog } from '../signindialog';
import { field, Outcome, press, type } from './opened';
import { connectForm, credentialWith, keptWith, refusal } from './samples';

const SECRET = 'not-a-real-token';

describe('the dialog that asks for a credential', () => {
  let manager: FakeManager;
  let sent: PutCredential[];
  let outcome: Outcome<CredentialStatus | null>;
  const kept = keptWith({ scopes: ['access:services!service=dask-gateway'] });

  beforeEach(() => {
    manager = new FakeManager();
    sent = [];
    manager.gateways.signIn = (_backend, credential) => {
      sent.push(credential);
      return Promise.resolve(kept);
    };
  });

  async function open(credential = credentialWith()): Promise<void> {
    const { gateways } = manager;
    const reason = 'The gateway wants a token.';
    const backend = backendWith({ state: 'needs-credential', reason });
    outcome = new Outcome(
      openSignInDialog({
        gateways,
        backend,
        credential,
        form: connectForm,
        trans
      })
    );
    await screen.findByText(reason);
  }

  it('says what was verified, and keeps nothing of it in the page', async () => {
    await open();
    const token = field('Token');
    expect(token.type).toBe('password');
    expect(token.autocomplete).toBe('off');
    type('Token', ` ${SECRET} `);
    press('Sign in');
    await screen.findByText('alice@example.org');
    expect(
      screen.getByText('access:services!service=dask-gateway')
    ).toBeTruthy();
    expect(token.value).toBe('');
    expect(document.documentElement.outerHTML).not.toContain(SECRET);
    press('Done');
    await waitFor(() => expect(outcome.value).toEqual(kept));
    expect(sent).toEqual([
      {
        value: SECRET,
        username: null,
        store: 'file',
        confirm_plain_http: false
      }
    ]);
  });

  it('clears the field where the person changes their mind', async () => {
    await open();
    const token = field('Token');
    type('Token', SECRET);
    press('Cancel');
    await waitFor(() => expect(outcome.value).toBeNull());
    await waitFor(() => expect(token.value).toBe(''));
  });

  it('offers the places that can keep it, and says why others can’t', async () => {
    await open();
    const keyring = screen.getByLabelText<HTMLInputElement>(/^Keyring/);
    expect(keyring.disabled).toBe(true);
    expect(screen.getByText('There is no keyring here.')).toBeTruthy();
    expect(field(/^Private file/).checked).toBe(true);
    field(/^This session only/).click();
    type('Token', SECRET);
    press('Sign in');
    await waitFor(() => expect(sent).toMatchObject([{ store: 'session' }]));
  });

  it('asks for a user name where a password is wanted', async () => {
    await open(credentialWith({ kind: 'password', token_page: null }));
    press('Sign in');
    await screen.findByText('Enter the user name');
    expect(screen.getByText('Enter the password')).toBeTruthy();
    expect(sent).toEqual([]);
    type('User name', 'bob');
    type('Password', SECRET);
    press('Sign in');
    await waitFor(() => expect(sent).toMatchObject([{ username: 'bob' }]));
  });

  it('says why a credential is not good, and lets it be mended', async () => {
    manager.gateways.signIn = () =>
      Promise.reject(refusal('The hub does not know it.', 'needs-credential'));
    await open();
    type('Token', SECRET);
    press('Sign in');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The hub does not know it.');
    expect(field('Token').value).toBe(SECRET);
  });

  it('links to where a token is made', async () => {
    await open();
    const link = screen.getByRole('link', { name: /Make a token/ });
    expect(link.getAttribute('target')).toBe('_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it('has no accessibility violations, before and after', async () => {
    await open();
    const dialog = screen.getByRole('dialog');
    expect(await axe(dialog)).toHaveNoViolations();
    type('Token', SECRET);
    press('Sign in');
    await screen.findByText('alice@example.org');
    expect(await axe(dialog)).toHaveNoViolations();
  });
});
