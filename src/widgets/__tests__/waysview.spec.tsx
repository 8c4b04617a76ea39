// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { Snippet } from '../../_schema';
import { WaysView } from '../ways/waysview';
import { trans } from './dom';

const CONNECT: Snippet = {
  id: 'connect',
  title: 'This cluster',
  description: 'In a notebook.',
  language: 'python',
  code: 'client = cluster.get_client()',
  filename: null,
  links: [],
  names: { cluster: 'cluster', client: 'client' }
};
const SHELL: Snippet = {
  ...CONNECT,
  id: 'shell-sh',
  title: 'Shell',
  description: 'In a terminal.',
  language: 'sh',
  code: 'export A=b',
  filename: 'gateway.sh',
  links: [{ label: 'Tokens', url: 'https://hub.example.org/hub/token' }],
  names: null
};

describe('the ways to a cluster', () => {
  const onCopy = jest.fn();
  const onDownload = jest.fn();
  const onInsert = jest.fn();
  const show = (props: Partial<React.ComponentProps<typeof WaysView>> = {}) =>
    render(
      <WaysView
        snippets={[CONNECT, SHELL]}
        highlight={null}
        onCopy={onCopy}
        onDownload={onDownload}
        onInsert={onInsert}
        trans={trans}
        {...props}
      />
    );
  const tab = (name: string) => screen.getByRole('tab', { name });
  const button = (name: string) => screen.getByRole('button', { name });
  const code = () => screen.getByRole('region').textContent;

  it('start with the first: when to use it, and its code', () => {
    show();
    expect(tab('This cluster').getAttribute('aria-selected')).toBe('true');
    expect(screen.getByText('In a notebook.')).toBeTruthy();
    expect(code()).toBe(CONNECT.code);
    fireEvent.click(button('Insert'));
    expect(onInsert).toHaveBeenCalledWith(CONNECT);
  });

  it('are gone through by keyboard, round and round', () => {
    show();
    fireEvent.keyDown(tab('This cluster'), { key: 'ArrowUp' });
    expect(document.activeElement).toBe(tab('Shell'));
    expect(code()).toBe(SHELL.code);
    fireEvent.keyDown(tab('Shell'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(tab('This cluster'));
    fireEvent.keyDown(tab('This cluster'), { key: 'End' });
    expect(document.activeElement).toBe(tab('Shell'));
    expect(tab('This cluster').tabIndex).toBe(-1);
  });

  it('that are no Python are not inserted, but files are downloaded and pages opened', () => {
    show({ start: 'shell-sh' });
    expect(screen.queryByRole('button', { name: 'Insert' })).toBeNull();
    fireEvent.click(button('Download gateway.sh'));
    expect(onDownload).toHaveBeenCalledWith(SHELL);
    const link = screen.getByRole<HTMLAnchorElement>('link');
    expect(link.href).toBe('https://hub.example.org/hub/token');
    expect(link.rel).toContain('noopener');
  });

  it('are copied, and that is said until another one is chosen', () => {
    show();
    fireEvent.click(button('Copy'));
    expect(onCopy).toHaveBeenCalledWith(CONNECT);
    expect(button('Copied')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('Copied: This cluster');
    fireEvent.click(tab('Shell'));
    expect(button('Copy')).toBeTruthy();
  });

  it('are coloured where that can be, and plain where it fails', async () => {
    const highlight = jest.fn(
      (text: string, language: string, node: HTMLElement) => {
        if (language !== 'python') {
          return Promise.reject(new Error('No such language'));
        }
        node.innerHTML = `<span class="word">${text}</span>`;
        return Promise.resolve();
      }
    );
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const { container } = show({ highlight });
    await waitFor(() => expect(container.querySelector('.word')).toBeTruthy());
    fireEvent.click(tab('Shell'));
    await waitFor(() => expect(warn).toHaveBeenCalled());
    expect(code()).toBe(SHELL.code);
  });

  it('are accessible', async () => {
    const { container } = show({ start: 'shell-sh' });
    expect(await axe(container)).toHaveNoViolations();
  });
});
