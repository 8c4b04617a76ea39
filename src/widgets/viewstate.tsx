// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import { Button } from './buttons';
import { Note } from './note';
import type { Polled } from './polled';
import { WaitingBar } from './waitingbar';

/** What stands above or in place of a view's content: that it is awaited, or why it is not to be had; nothing where all is well. */
export function ViewState(props: {
  polled: Polled<unknown>;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { polled, trans } = props;
  if (polled.problem !== null) {
    return (
      <Note
        kind="warning"
        action={
          <Button onClick={() => void polled.refresh()}>
            {trans.__('Try again')}
          </Button>
        }
      >
        {polled.problem}
        {polled.value !== null && (
          <>
            {' '}
            <em>{trans.__('Shown as last known.')}</em>
          </>
        )}
      </Note>
    );
  }
  return polled.value === null ? (
    <WaitingBar label={trans.__('Asking the cluster')} />
  ) : null;
}
