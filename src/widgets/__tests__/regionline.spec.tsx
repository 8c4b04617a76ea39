// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import React from 'react';
import type { Region } from '../../_schema';
import { BackendSection } from '../backendsection';
import { renderInPanel } from './dom';
import { backendWith, fakeCommands } from './fakemanager';

const show = (region: Region | null) =>
  renderInPanel(
    <BackendSection
      backend={backendWith({ region })}
      clusters={[]}
      problem={undefined}
      known
      cardsStartOpen={false}
    />,
    fakeCommands().commands
  );

describe('the region of a backend', () => {
  const text = 'All of it, in a sentence.';
  const words: [Region['verdict'], string | null, string][] = [
    ['same', 'westeurope', 'westeurope, beside the data'],
    ['other', 'eastus', 'eastus, not beside the data (westeurope)'],
    ['unknown', null, 'region not known']
  ];
  it.each(words)('says %s', async (verdict, there, expected) => {
    const { container } = show({
      verdict,
      there,
      here: 'westeurope',
      data: 'westeurope',
      text
    });
    expect(screen.getByText(expected).title).toBe(text);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is not mentioned where none is known but that of the data', () => {
    show({
      verdict: 'unknown',
      there: null,
      here: null,
      data: 'westeurope',
      text
    });
    expect(screen.queryByText(/region|data/)).toBeNull();
  });

  it('is not mentioned where nobody set where the data is', () => {
    show(null);
    expect(screen.queryByText(/region|data/)).toBeNull();
  });
});
