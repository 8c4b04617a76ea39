// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import { CommandIDs, type IClusterManager } from '../tokens';
import { Button } from './buttons';
import { useExecute, usePanel } from './context';
import { Note } from './note';
import { WaitingBar } from './waitingbar';

/** What is wrong between the panel and the Jupyter server; nothing where all is well. */
export function ConnectionNote(props: {
  manager: IClusterManager;
}): JSX.Element | null {
  const { connection, problem, clusters } = props.manager;
  const { trans } = usePanel();
  const execute = useExecute();
  switch (connection) {
    case 'ready':
      return null;
    case 'connecting':
      return (
        <div className="jp-PccomputePanel-connecting">
          <WaitingBar label={trans.__('Looking for clusters')} />
          <div className="jp-PccomputePanel-hint">
            {trans.__('Looking for clusters…')}
          </div>
        </div>
      );
    case 'unreachable':
      return (
        <Note
          kind="warning"
          action={
            <Button onClick={() => execute(CommandIDs.refresh)}>
              {trans.__('Try again')}
            </Button>
          }
        >
          {problem ?? trans.__('The Jupyter server does not answer.')}
          {clusters.length > 0 && (
            <>
              {' '}
              <em>{trans.__('Shown as last known.')}</em>
            </>
          )}
        </Note>
      );
    case 'incompatible':
      return (
        <Note kind="error">
          {problem ??
            trans.__(
              'The panel and the server extension are of different versions. Reload the page; if that does not help, install pccompute-ext again and restart the server.'
            )}
        </Note>
      );
  }
}
