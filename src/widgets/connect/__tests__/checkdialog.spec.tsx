// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Clipboard } from '@jupyterlab/apputils';
import { PromiseDelegate } from '@lumino/coreutils';
import { act, screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { CheckReport, CheckStep } from '../../../_schema';
import { trans } from '../../__tests__/dom';
import { backendWith, FakeManager } from '../../__tests__/fakemanager';
import { openCheckDialog } from '../checkdialog';
import { button, Outcome, press } from './opened';
import { refusal, report } from './samples';

describe('the dialog that checks a connection', () => {
  let manager: FakeManager;
  let owed: PromiseDelegate<CheckReport>[];
  let tell: (step: CheckStep) => void;
  let outcome: Outcome<boolean>;

  async function open(editable = true): Promise<void> {
    manager = new FakeManager();
    owed = [];
    manager.gateways.check = (_backend, _kernel, onStep) => {
      tell = step => act(() => onStep!(step));
      const answer = new PromiseDelegate<CheckReport>();
      owed.push(answer);
      return answer.promise;
    };
    outcome = new Outcome(
      openCheckDialog({
        gateways: manager.gateways,
        backend: backendWith({ editable }),
        kernel: null,
        trans
      })
    );
    await screen.findByRole('progressbar', { name: 'Checking' });
  }

  /** Tell of each step and then of the end of a check, as the server does. */
  function finish(): void {
    report.steps.forEach(tell);
    owed[0].resolve(report);
  }

  it('shows each step once it is done', async () => {
    await open();
    const titles = () =>
      screen.queryAllByRole('listitem').map(({ textContent }) => textContent);
    expect(titles()).toEqual([]);
    tell(report.steps[0]);
    expect(titles()).toEqual([expect.stringContaining('Address answers')]);
    expect(screen.getByRole('progressbar')).toBeTruthy();
    expect(screen.queryByText('Copy report')).toBeNull();
    tell(report.steps[1]);
    expect(titles()).toHaveLength(2);
  });

  it('checks at once, and shows each step with its advice', async () => {
    await open();
    expect(screen.queryByText('Copy report')).toBeNull();
    finish();
    await screen.findByText('The scheduler port does not answer');
    expect(screen.queryByRole('progressbar')).toBeNull();
    const rows = screen.getAllByRole('listitem');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/passed: Address answers.*41 ms/),
      expect.stringMatching(/failed: .*Ask your network.*5\.0 s/),
      expect.stringMatching(/skipped: Region unknown/)
    ]);
    expect(screen.getByRole('status').textContent).toBe('1 step failed.');
  });

  it('can be scrolled by keyboard', async () => {
    await open();
    const found = screen.getByRole('region', { name: 'What was found' });
    expect(found.tabIndex).toBe(0);
    await waitFor(() => expect(document.activeElement).toBe(found));
  });

  it('checks again, one at a time', async () => {
    await open();
    press('Check again');
    expect(owed).toHaveLength(1);
    finish();
    await screen.findByText('Address answers');
    press('Check again');
    await screen.findByRole('progressbar');
    expect(owed).toHaveLength(2);
    expect(screen.queryByText('Address answers')).toBeNull();
  });

  it('copies the report as the server wrote it', async () => {
    const copy = jest
      .spyOn(Clipboard, 'copyToSystem')
      .mockImplementation(() => undefined);
    await open();
    finish();
    await screen.findByText('Copy report');
    press('Copy report');
    await screen.findByText('Report copied');
    expect(copy).toHaveBeenCalledWith(report.text);
    copy.mockRestore();
  });

  it('says where the check itself could not be made', async () => {
    await open();
    owed[0].reject(
      refusal('The Jupyter server does not answer.', 'unreachable')
    );
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('does not answer');
    expect(button('Check again')).toBeTruthy();
  });

  it('leads to the setup of a gateway that can be edited', async () => {
    await open();
    press('Edit gateway');
    await waitFor(() => expect(outcome.value).toBe(true));
  });

  it('does not offer to edit what is part of the configuration', async () => {
    await open(false);
    expect(screen.queryByText('Edit gateway')).toBeNull();
  });

  it('has no accessibility violations', async () => {
    await open();
    finish();
    await screen.findByText('Address answers');
    expect(await axe(screen.getByRole('dialog'))).toHaveNoViolations();
  });
});
