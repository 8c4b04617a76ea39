// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Dialog } from '@jupyterlab/apputils';
import { StateDB } from '@jupyterlab/statedb';
import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import type { CreateCluster, OptionsForm, Snippet } from '../../_schema';
import { openNewClusterDialog } from '../newclusterdialog';
import './dom';
import { backendWith, FakeManager, optionsForm } from './fakemanager';

// The dialog renders itself, outside of what the testing library wraps into act().
const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
// A dialog without its style sheet counts as hidden.
configure({ defaultHidden: true });
beforeAll(() => {
  environment.IS_REACT_ACT_ENVIRONMENT = false;
});

const image = optionsForm.defaults['image'];

function snippetWith(code: string): Snippet {
  return {
    id: 'new-cluster',
    title: 'New',
    description: '',
    language: 'python',
    code,
    filename: null,
    links: [],
    names: { cluster: 'cluster', client: 'client' }
  };
}

describe('the dialog for a new cluster', () => {
  let manager: FakeManager;
  let result: CreateCluster | null | undefined;
  let onInsert: jest.Mock;

  beforeEach(() => {
    onInsert = jest.fn();
    manager = new FakeManager();
    manager.backends = [backendWith()];
    manager.options = () => Promise.resolve(optionsForm);
    result = undefined;
  });
  afterEach(() => Dialog.flush());

  type Options = Partial<Parameters<typeof openNewClusterDialog>[0]>;
  function open(options: Options = {}): void {
    openNewClusterDialog({ manager, onInsert, ...options }).then(
      request => {
        result = request;
      },
      // A dialog that a test leaves open is disposed of.
      () => undefined
    );
  }
  async function openReady(options: Options = {}): Promise<void> {
    open(options);
    await screen.findByLabelText(/^Worker Cores/);
  }

  const button = (name: string | RegExp) =>
    screen.getByRole<HTMLButtonElement>('button', { name });
  const field = (label: RegExp) =>
    screen.getByLabelText<HTMLInputElement>(label, { selector: 'input' });
  const type = (label: RegExp, text: string) =>
    fireEvent.change(field(label), { target: { value: text } });
  const create = () => button('Create');
  const ended = () => waitFor(() => expect(result).not.toBeUndefined());

  it('starts with the defaults of the backend and gives a request', async () => {
    await openReady();
    type(/^Name/, ' mosaic ');
    type(/^Worker Cores/, '0.5');
    fireEvent.click(field(/^GPU/));
    fireEvent.click(create());
    await ended();
    expect(result).toEqual({
      backend: 'hub',
      label: 'mosaic',
      options: {
        worker_cores: 0.5,
        worker_memory: 8,
        image,
        gpu: true,
        environment: {}
      },
      scaling: { mode: 'adaptive', minimum: 1, maximum: 2 }
    });
  });

  it.each([
    [null, '2'],
    [1, '1'],
    [100, '4']
  ])('starts small with a limit of %s', async (limit, maximum) => {
    manager.options = () => Promise.resolve({ ...optionsForm, limit });
    await openReady();
    expect(field(/^Minimum workers/).value).toBe('1');
    expect(field(/^Maximum workers/).value).toBe(maximum);
  });

  it('is sent by Enter in a field', async () => {
    await openReady();
    fireEvent.keyDown(field(/^Name/), { key: 'Enter' });
    await ended();
    expect(result?.backend).toBe('hub');
  });

  it('leaves the keys to an open list of suggestions', async () => {
    manager.offers = () =>
      Promise.resolve({ values: { image: ['first', 'second'] }, reason: null });
    await openReady();
    const input = await screen.findByRole('combobox', { name: 'Image' });
    const press = (key: string) => fireEvent.keyDown(input, { key });
    input.focus();
    press('ArrowDown');
    await screen.findByText('second');
    press('Escape');
    await waitFor(() => expect(screen.queryByText('second')).toBeNull());
    press('ArrowDown');
    await screen.findByText('second');
    press('ArrowDown');
    await waitFor(() =>
      expect(input.getAttribute('aria-activedescendant')).toBeTruthy()
    );
    press('Enter');
    await waitFor(() => expect(field(/^Image/).value).toBe('first'));
    expect(result).toBeUndefined();
    press('Enter');
    await ended();
    expect(result?.options?.['image']).toBe('first');
  });

  it('gives one request for a double click', async () => {
    await openReady();
    const node = create();
    fireEvent.click(node);
    fireEvent.click(node);
    await ended();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('gives null when it is cancelled', async () => {
    await openReady();
    fireEvent.click(button('Cancel'));
    await ended();
    expect(result).toBeNull();
  });

  it.each([
    [/^Worker Memory/, '96', 'At most 64'],
    [/^Worker Cores/, '0', 'At least 0.1'],
    [/^Worker Cores/, 'many', 'Enter a number'],
    [/^Worker Cores/, '', 'Enter a value']
  ])('%s: %p is kept, explained and not sent', async (label, text, message) => {
    await openReady();
    type(label, text);
    const wrong = await screen.findByText(message);
    expect(field(label).value).toBe(text);
    expect(field(label).getAttribute('aria-describedby')).toBe(wrong.id);
    expect(create().disabled).toBe(true);
    fireEvent.keyDown(field(label), { key: 'Enter' });
    fireEvent.input(field(/^Name/), { target: { value: 'x' } });
    expect(create().disabled).toBe(true);

    type(label, '2');
    await waitFor(() => expect(create().disabled).toBe(false));
    expect(result).toBeUndefined();
  });

  it('shows the range of a number beside its label', async () => {
    await openReady();
    const label = screen.getByText(/^Worker Memory/);
    expect(label.textContent).toBe('Worker Memory (GiB) 1–64');
  });

  it('says what the size means, and at most costs', async () => {
    await openReady();
    type(/^Worker Cores/, '4');
    type(/^Worker Memory/, '32');
    type(/^Maximum workers/, '20');
    expect(
      screen.getByText(
        'Grows to 20 workers while there is work, shrinks to 1. At most 80 cores, 640 GiB.'
      )
    ).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Fixed size' }));
    expect(screen.getByText(/^Keeps 20 workers/)).toBeTruthy();
  });

  it('is not sent while the minimum is above the maximum', async () => {
    await openReady();
    type(/^Minimum workers/, '9');
    expect(screen.getByRole('alert').textContent).toMatch(/is above/);
    expect(create().disabled).toBe(true);
    type(/^Maximum workers/, '10');
    await waitFor(() => expect(create().disabled).toBe(false));
  });

  it('edits a mapping as lines of name and value', async () => {
    await openReady();
    fireEvent.click(button('Add to Environment Variables'));
    type(/^Value 1 of Environment/, 'EMPTY_DIR');
    expect(screen.getByText('Each value needs a name')).toBeTruthy();
    expect(create().disabled).toBe(true);
    type(/^Name 1 of Environment/, 'GDAL_DISABLE_READDIR_ON_OPEN');
    await waitFor(() => expect(create().disabled).toBe(false));
    fireEvent.click(button('Add to Environment Variables'));
    type(/^Name 2 of Environment/, 'UNUSED');
    fireEvent.click(button('Remove UNUSED'));
    fireEvent.click(create());
    await ended();
    expect(result?.options?.['environment']).toEqual({
      GDAL_DISABLE_READDIR_ON_OPEN: 'EMPTY_DIR'
    });
  });

  it('shows a refusal in the words of the backend, with what was typed', async () => {
    const initial: CreateCluster = {
      backend: 'hub',
      label: 'gpu-train',
      options: { worker_cores: 4, worker_memory: 96, image: 'untagged' },
      scaling: { mode: 'manual', count: 3 }
    };
    const error = 'When specifying an image you must also provide a tag';
    await openReady({ initial, error });
    expect(screen.getByRole('alert').textContent).toBe(error);
    expect(field(/^Name/).value).toBe('gpu-train');
    expect(field(/^Image/).value).toBe('untagged');
    expect(field(/^Worker Memory/).value).toBe('96');
    expect(field(/^Workers of/).value).toBe('3');
    expect(create().disabled).toBe(true);
    type(/^Worker Memory/, '48');
    await waitFor(() => expect(create().disabled).toBe(false));
  });

  it('waits for the options, and offers to try again where they fail', async () => {
    let answer: () => Promise<OptionsForm> = () =>
      Promise.reject(new Error('The gateway does not answer.'));
    manager.options = () => answer();
    open();
    expect(await screen.findByRole('progressbar')).toBeTruthy();
    expect(create().disabled).toBe(true);
    expect(
      await screen.findByText('The gateway does not answer.')
    ).toBeTruthy();
    expect(create().disabled).toBe(true);
    type(/^Name/, 'mosaic');
    answer = () => Promise.resolve(optionsForm);
    fireEvent.click(button('Try again'));
    await screen.findByLabelText(/^Worker Cores/);
    expect(field(/^Name/).value).toBe('mosaic');
  });

  it('asks where, among several backends, and keeps what was chosen for each', async () => {
    manager.backends = [
      backendWith({ id: 'local', kind: 'local', label: 'This machine' }),
      backendWith(),
      backendWith({ id: 'az', label: 'Azure', state: 'needs-credential' })
    ];
    await openReady();
    const where = screen.getByLabelText<HTMLSelectElement>('Where');
    expect(where.value).toBe('hub');
    expect(
      screen.getByRole<HTMLOptionElement>('option', { name: /Azure/ }).disabled
    ).toBe(true);
    type(/^Worker Cores/, '3');
    fireEvent.change(where, { target: { value: 'local' } });
    await waitFor(() => expect(field(/^Worker Cores/).value).toBe('1'));
    fireEvent.change(where, { target: { value: 'hub' } });
    await waitFor(() => expect(field(/^Worker Cores/).value).toBe('3'));
  });

  it('remembers the last choices, without secrets, and drops what no longer fits', async () => {
    const stateDB = new StateDB();
    await openReady({ stateDB });
    type(/^Name/, 'mosaic');
    type(/^Worker Cores/, '4');
    type(/^Worker Memory/, '32');
    type(/^Maximum workers/, '20');
    fireEvent.click(button('Add to Environment Variables'));
    type(/^Name 1 of Environment/, 'AWS_SECRET_ACCESS_KEY');
    type(/^Value 1 of Environment/, 'canary');
    await waitFor(() => expect(create().disabled).toBe(false));
    fireEvent.click(create());
    await ended();
    expect(JSON.stringify(await stateDB.toJSON())).not.toContain('canary');

    manager.options = () =>
      Promise.resolve({
        ...optionsForm,
        limit: 10,
        schema: {
          ...optionsForm.schema,
          properties: {
            ...(optionsForm.schema['properties'] as object),
            worker_cores: { type: 'number', title: 'Worker Cores', maximum: 2 }
          }
        }
      });
    await openReady({ stateDB });
    expect(field(/^Name/).value).toBe('');
    expect(field(/^Worker Cores/).value).toBe('1');
    expect(field(/^Worker Memory/).value).toBe('32');
    expect(field(/^Maximum workers/).value).toBe('10');
    expect(screen.queryByLabelText(/^Name 1 of/)).toBeNull();
  });

  describe('shows the code that makes the same cluster', () => {
    const shown = () => screen.findByRole('region', { name: 'Code: New' });
    const asked: CreateCluster[] = [];
    beforeEach(() => {
      asked.length = 0;
      manager.newClusterSnippets = request => {
        asked.push(request);
        const cores = String(request.options?.['worker_cores']);
        return cores === '7'
          ? Promise.reject(new Error('The gateway does not answer.'))
          : Promise.resolve([snippetWith(`GatewayCluster(${cores})`)]);
      };
    });

    it('once somebody wants it, and as it is now', async () => {
      await openReady();
      expect(asked).toEqual([]);
      fireEvent.click(button('Show code'));
      expect((await shown()).textContent).toBe('GatewayCluster(1)');
      type(/^Worker Cores/, '2');
      await waitFor(async () =>
        expect((await shown()).textContent).toBe('GatewayCluster(2)')
      );
      expect(asked.at(-1)).toMatchObject({
        backend: 'hub',
        scaling: { mode: 'adaptive', minimum: 1, maximum: 2 }
      });
      expect(asked).toHaveLength(2);
    });

    it('which goes to the notebook instead', async () => {
      await openReady();
      fireEvent.click(button('Show code'));
      await shown();
      fireEvent.click(button('Insert code'));
      await ended();
      expect(result).toBeNull();
      const [[request]] = onInsert.mock.calls as [[CreateCluster]];
      expect(request.options?.['worker_cores']).toBe(1);
    });

    it('or why there is none', async () => {
      await openReady();
      type(/^Worker Cores/, '7');
      fireEvent.click(button('Show code'));
      expect(
        await screen.findByText('The gateway does not answer.')
      ).toBeTruthy();
      type(/^Worker Cores/, '99');
      expect(
        await screen.findByText(
          'There is code once every value above is right.'
        )
      ).toBeTruthy();
    });
  });

  it('is accessible', async () => {
    await openReady({
      initial: { backend: 'hub', options: { environment: { A: 'b' } } },
      error: 'Refused.'
    });
    const body = document.querySelector('.jp-PccomputeNewCluster-body');
    expect(await axe(body ?? document.body)).toHaveNoViolations();
  });
});
