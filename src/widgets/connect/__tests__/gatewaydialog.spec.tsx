// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { Backend, SaveGateway } from '../../../_schema';
import { trans } from '../../__tests__/dom';
import { backendWith, FakeManager } from '../../__tests__/fakemanager';
import { openGatewayDialog } from '../gatewaydialog';
import { button, field, Outcome, press, type } from './opened';
import { connectForm, hubPreset, refusal } from './samples';

describe('the dialog that connects to a gateway', () => {
  let manager: FakeManager;
  let sent: SaveGateway[];
  let outcome: Outcome<Backend | null>;
  const added = backendWith({ id: 'new' });

  beforeEach(() => {
    manager = new FakeManager();
    sent = [];
    manager.gateways.preset = () => Promise.resolve(hubPreset);
    manager.gateways.add = gateway => {
      sent.push(gateway);
      return Promise.resolve(added);
    };
  });

  type Options = Partial<Parameters<typeof openGatewayDialog>[0]>;
  async function open(options: Options = {}): Promise<void> {
    const { gateways } = manager;
    const form = connectForm;
    outcome = new Outcome(
      openGatewayDialog({ gateways, form, trans, ...options })
    );
    await screen.findByRole('dialog');
  }
  async function openByHand(options: Options = {}): Promise<void> {
    await open(options);
    await screen.findByLabelText('Address of the hub');
    press('Another gateway, by hand');
    await screen.findByLabelText(/^Proxy address/);
  }

  it('works out a gateway from the address of its hub', async () => {
    await open();
    await screen.findByLabelText('Address of the hub');
    type('Address of the hub', 'https://hub.example.org/hub/home');
    press('Continue');
    await screen.findByLabelText(/^Proxy address/);
    expect(field(/^Address/).value).toBe(hubPreset.address);
    const link = screen.getByRole('link', { name: /Make a token/ });
    expect(link.getAttribute('href')).toBe(hubPreset.token_page);
    expect(link.getAttribute('rel')).toContain('noopener');
    type(/^Name/, 'My hub');
    press('Connect');
    await waitFor(() => expect(outcome.value).toEqual(added));
    expect(sent).toEqual([
      {
        label: 'My hub',
        address: hubPreset.address,
        proxy_address: hubPreset.proxy_address,
        public_address: null,
        auth: 'jupyterhub',
        hub: hubPreset.hub,
        image: null,
        confirm_plain_http: false
      }
    ]);
  });

  it('offers only the ways to sign in that the server allows', async () => {
    await openByHand();
    const options = screen.getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'JupyterHub token',
      'User and password'
    ]);
  });

  it('shows what a field left empty stands for', async () => {
    await openByHand();
    type(/^Address/, 'https://gw.example.org/x');
    expect(field(/^Proxy address/).placeholder).toBe(
      'gateway://gw.example.org:443'
    );
    expect(field(/^Name/).placeholder).toBe('gw.example.org');
  });

  it.each([
    [/^Address/, '', 'Enter the gateway’s address'],
    [/^Address/, 'hub.example.org', /starts with https/],
    [/^Address/, 'https://a:b@hub.example.org', /Leave out user, password/],
    [/^Proxy address/, 'nonsense', /Enter host and port/]
  ])('%s: %p is kept, explained and not sent', async (label, text, words) => {
    await openByHand();
    type(/^Address/, 'https://hub.example.org');
    type(label, text);
    press('Connect');
    await screen.findByText(words);
    await waitFor(() => expect(document.activeElement).toBe(field(label)));
    expect(field(label).value).toBe(text);
    expect(field(label).getAttribute('aria-invalid')).toBe('true');
    expect(sent).toEqual([]);
  });

  it('keeps what was typed where the server refuses it', async () => {
    manager.gateways.add = () =>
      Promise.reject(refusal('Not allowed at this address.', 'locked'));
    await openByHand();
    type(/^Address/, 'https://hub.example.org');
    press('Connect');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Not allowed at this address.');
    expect(field(/^Address/).value).toBe('https://hub.example.org');
    expect(outcome.value).toBeUndefined();
  });

  it('asks before anything is sent unencrypted, and sends it again once confirmed', async () => {
    manager.gateways.add = gateway => {
      sent.push(gateway);
      return gateway.confirm_plain_http
        ? Promise.resolve(added)
        : Promise.reject(refusal('Not encrypted.', 'confirm-plain-http'));
    };
    await openByHand();
    type(/^Address/, 'http://hub.example.org');
    press('Connect');
    await screen.findByText('Not encrypted.');
    // What was confirmed for one address is not for another.
    type(/^Address/, 'http://other.example.org');
    await waitFor(() => expect(button('Connect')).toBeTruthy());
    press('Connect');
    await screen.findByText('Not encrypted.');
    press('Connect anyway');
    await waitFor(() => expect(outcome.value).toEqual(added));
    expect(sent.map(each => each.confirm_plain_http)).toEqual([
      false,
      false,
      true
    ]);
  });

  it('edits a gateway that there is', async () => {
    const { gateways } = manager;
    const changed: unknown[] = [];
    gateways.change = (id, gateway) => {
      changed.push(id, gateway);
      return Promise.resolve(added);
    };
    const definition = {
      label: 'Mine',
      address: 'https://hub.example.org',
      proxy_address: null,
      public_address: null,
      auth: 'basic',
      hub: null,
      image: 'image:1'
    };
    await open({ existing: { backend: 'mine', definition } });
    await screen.findByLabelText(/^Default image/);
    type(/^Default image/, 'image:2');
    press('Save');
    await waitFor(() => expect(outcome.value).toEqual(added));
    expect(changed).toEqual([
      'mine',
      { ...definition, image: 'image:2', confirm_plain_http: false }
    ]);
  });

  it('keeps the focus within, and gives null when it is cancelled', async () => {
    await openByHand();
    await waitFor(() => expect(document.activeElement).toBe(field(/^Name/)));
    press('Cancel');
    await waitFor(() => expect(outcome.value).toBeNull());
  });

  it('has no accessibility violations in either step', async () => {
    await open();
    await screen.findByLabelText('Address of the hub');
    const dialog = screen.getByRole('dialog');
    expect(await axe(dialog)).toHaveNoViolations();
    press('Another gateway, by hand');
    await screen.findByLabelText(/^Proxy address/);
    expect(await axe(dialog)).toHaveNoViolations();
  });
});
