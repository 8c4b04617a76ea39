// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import {
  act,
  fireEvent,
  render,
  screen,
  waitFor
} from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { CreateCluster, Offers, OptionsForm } from '../../_schema';
import { LastChoices } from '../lastchoices';
import { NewClusterForm } from '../newclusterform';
import { trans } from './dom';
import { backendWith, FakeManager } from './fakemanager';

/** A form like that of Azure: in one place, with networks of its own, and with sets of values that have names. */
const form: OptionsForm = {
  schema: {
    type: 'object',
    properties: {
      location: {
        type: 'string',
        title: 'Location',
        default: 'westeurope',
        'x-expected': 'westeurope',
        'x-warning': 'The data is in westeurope.'
      },
      vnet: { type: 'string', title: 'Network', 'x-depends': ['location'] },
      size: { type: 'string', title: 'Size', default: 'small' },
      env: { type: 'object', title: 'Environment', default: {} }
    }
  },
  defaults: { location: 'westeurope', vnet: '', size: 'small', env: {} },
  limit: null,
  presets: [
    {
      id: 'big',
      label: 'Big machines',
      options: { size: 'large', env: { A: 'b' } }
    }
  ]
};
const SIZES = ['Standard_D2s_v5', 'Standard_D4s_v5', 'Basic_A1'];

describe('the form for a new cluster of one’s own', () => {
  let manager: FakeManager;
  let request: CreateCluster | null;
  let asked: unknown[];
  let answer: (options: { [name: string]: unknown }) => Promise<Offers>;

  beforeEach(() => {
    manager = new FakeManager();
    manager.backends = [backendWith({ id: 'azure', kind: 'own' })];
    manager.options = () => Promise.resolve(form);
    asked = [];
    answer = () => Promise.resolve({ values: { size: SIZES }, reason: null });
    manager.offers = (_backend, options) => {
      asked.push(options['location']);
      return answer(options);
    };
  });

  async function open(first = 'Location') {
    const shown = render(
      <NewClusterForm
        manager={manager}
        lastChoices={new LastChoices(null)}
        initial={{ backend: 'azure' }}
        code={{
          load: () => new Promise(() => undefined),
          copy: () => undefined,
          insert: () => undefined,
          highlight: null
        }}
        onChange={next => {
          request = next;
        }}
        trans={trans}
      />
    );
    await screen.findByLabelText(first);
    return shown;
  }
  const field = (label: string) =>
    screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}`), {
      selector: 'input'
    });
  const type = (label: string, value: string) =>
    fireEvent.change(field(label), { target: { value } });
  const suggestions = () =>
    screen.queryAllByRole('option').filter(node => node.tagName === 'LI');

  describe('presets', () => {
    const preset = () => screen.getByLabelText<HTMLSelectElement>('Preset');
    const chosen = () => preset().selectedOptions[0].textContent;

    it('fill in their values, and the defaults for all others', async () => {
      await open();
      expect(chosen()).toBe('Defaults');
      type('Location', 'eastus');
      expect(chosen()).toBe('As chosen below');
      fireEvent.change(preset(), { target: { value: 'big' } });
      expect(chosen()).toBe('Big machines');
      expect(request?.options).toEqual({
        location: 'westeurope',
        vnet: '',
        size: 'large',
        env: { A: 'b' }
      });
      // The lines of a mapping are those of the preset, too.
      expect(
        screen.getByLabelText<HTMLInputElement>('Name 1 of Environment').value
      ).toBe('A');
      type('Size', 'other');
      expect(chosen()).toBe('As chosen below');
    });

    it('are not mentioned where there are none', async () => {
      manager.options = () => Promise.resolve({ ...form, presets: [] });
      await open();
      expect(screen.queryByLabelText('Preset')).toBeNull();
    });
  });

  it('warns while a value is not the expected one, in whatever spelling', async () => {
    await open();
    const warning = () => screen.queryByText('The data is in westeurope.');
    expect(warning()).toBeNull();
    type('Location', 'eastus');
    expect(warning()).not.toBeNull();
    expect(field('Location').getAttribute('aria-describedby')).toBe(
      warning()!.closest('[role=status]')!.id
    );
    expect(request).not.toBeNull();
    type('Location', 'West Europe');
    expect(warning()).toBeNull();
  });

  describe('suggestions', () => {
    const size = () => screen.findByRole('combobox', { name: 'Size' });

    it('come as soon as they are known, without taking the keyboard away', async () => {
      let come: (offers: Offers) => void = () => undefined;
      answer = () =>
        new Promise(resolve => {
          come = resolve;
        });
      await open();
      const input = field('Size');
      input.focus();
      await waitFor(() => expect(asked).toEqual(['westeurope']));
      expect(screen.queryByRole('combobox', { name: 'Size' })).toBeNull();
      act(() => come({ values: { size: SIZES }, reason: null }));
      expect(await size()).toBe(input);
      expect(document.activeElement).toBe(input);
    });

    it('are all shown at first, then those that fit; anything can be typed', async () => {
      const { container } = await open();
      fireEvent.click(await size());
      expect(suggestions().map(node => node.textContent)).toEqual(SIZES);
      expect(await axe(container)).toHaveNoViolations();
      type('Size', 'd4');
      expect(suggestions().map(node => node.textContent)).toEqual([SIZES[1]]);
      type('Size', SIZES[2]);
      expect(suggestions()).toEqual([]);
      type('Size', 'mine');
      expect(suggestions()).toEqual([]);
      expect(request?.options?.['size']).toBe('mine');
    });

    it('are chosen by keyboard and by pointer', async () => {
      await open();
      const input = await size();
      fireEvent.keyDown(input, { key: 'ArrowDown' });
      expect(suggestions()).toHaveLength(3);
      fireEvent.keyDown(input, { key: 'ArrowUp' });
      expect(
        document.getElementById(input.getAttribute('aria-activedescendant')!)
          ?.textContent
      ).toBe(SIZES[2]);
      fireEvent.keyDown(input, { key: 'Enter' });
      expect(request?.options?.['size']).toBe(SIZES[2]);
      expect(suggestions()).toEqual([]);
      fireEvent.click(input);
      fireEvent.mouseDown(suggestions()[0]);
      expect(request?.options?.['size']).toBe(SIZES[0]);
      fireEvent.click(input);
      fireEvent.keyDown(input, { key: 'Escape' });
      expect(suggestions()).toEqual([]);
      fireEvent.click(input);
      fireEvent.blur(input);
      expect(suggestions()).toEqual([]);
    });

    it('are asked for again only when others depend on the change', async () => {
      await open();
      await size();
      type('Size', 'other');
      type('Location', 'east');
      type('Location', 'eastus');
      await waitFor(() => expect(asked).toEqual(['westeurope', 'eastus']));
    });

    it('are missing quietly, with the reason', async () => {
      answer = () => Promise.reject(new Error('Nobody is signed in.'));
      await open();
      expect(await screen.findByText(/Nobody is signed in/)).toBeTruthy();
      expect(screen.queryByRole('alert')).toBeNull();
      expect(request).not.toBeNull();
    });
  });

  describe('with many options', () => {
    const many: OptionsForm = {
      ...form,
      schema: {
        type: 'object',
        required: ['group'],
        properties: {
          group: { type: 'string', title: 'Group', minLength: 1 },
          ...Object.fromEntries(
            [...'abcdefgh'].map(name => [
              name,
              { type: 'integer', title: `Option ${name}`, maximum: 9 }
            ])
          )
        }
      },
      defaults: {
        group: '',
        ...Object.fromEntries([...'abcdefgh'].map(name => [name, 1]))
      },
      presets: []
    };
    const openMany = async () => {
      manager.options = () => Promise.resolve(many);
      await open('Group');
      return screen.getByText('More options').closest('details')!;
    };

    it('folds those away that can stay as they are, until one is wrong', async () => {
      const details = await openMany();
      expect(details.open).toBe(false);
      expect(details.contains(field('Option a'))).toBe(true);
      expect(details.contains(field('Group'))).toBe(false);
      fireEvent.change(screen.getByLabelText(/Option a/), {
        target: { value: '10' }
      });
      await waitFor(() => expect(details.open).toBe(true));
    });

    it('calls an empty field no error before somebody was at it', async () => {
      await openMany();
      expect(request).toBeNull();
      expect(screen.queryByText('Enter a value')).toBeNull();
      expect(field('Group').getAttribute('aria-invalid')).toBe('false');
      fireEvent.blur(field('Group'));
      expect(screen.getByText('Enter a value')).toBeTruthy();
      expect(field('Group').getAttribute('aria-invalid')).toBe('true');
      type('Group', 'dask');
      await waitFor(() => expect(request).not.toBeNull());
    });
  });

  describe('the sign-in', () => {
    it.each([true, null])('is a line where it is %s', async signed_in => {
      manager.backends = [
        backendWith({
          id: 'azure',
          account: {
            signed_in,
            method: 'environment',
            text: 'By the environment.'
          }
        })
      ];
      await open();
      expect(screen.getByText('By the environment.').className).toBe(
        'jp-PccomputeForm-hint'
      );
    });

    it('says what to do where it is missing, once that is known', async () => {
      await open();
      act(() => {
        manager.backends = [
          backendWith({
            id: 'azure',
            account: { signed_in: false, method: null, text: 'Run az login.' }
          })
        ];
        manager.backendsChanged.emit();
      });
      expect(screen.getByText('Run az login.').className).toBe(
        'jp-PccomputeNote-text'
      );
      // It may have come meanwhile: creating is not in its way.
      expect(request).not.toBeNull();
    });
  });
});
