// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { Button } from './buttons';
import { useExecute, usePanel } from './context';
import { Note } from './note';
import { Phrase, PLACE } from './phrase';

/** What became of connecting a kernel to a cluster: under way, connected as, or why not. */
export function KernelLine(props: {
  cluster: Cluster;
  name: string;
}): JSX.Element | null {
  const { cluster, name } = props;
  const { connections, trans } = usePanel();
  const execute = useExecute();
  const [, render] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    connections.changed.connect(render);
    // Something may have changed between the first rendering and now.
    render();
    return () => {
      connections.changed.disconnect(render);
    };
  }, [connections]);

  const connection = connections.of(cluster.id);
  switch (connection?.state) {
    case undefined:
      return null;
    case 'connecting':
      return (
        <div className="jp-PccomputePanel-clients" role="status">
          {trans.__('Connecting the kernel of %1…', connection.place)}
        </div>
      );
    case 'connected':
      return (
        <div className="jp-PccomputePanel-clients" role="status">
          <Phrase
            text={trans.__('Connected as %1 in %2', PLACE, connection.place)}
            element={<code>{connection.client}</code>}
          />
        </div>
      );
    case 'failed':
      return (
        <Note
          kind="error"
          alert
          action={
            <>
              <Button
                label={trans.__('Try again to connect to %1', name)}
                onClick={() =>
                  execute(CommandIDs.connectKernel, { id: cluster.id })
                }
              >
                {trans.__('Try again')}
              </Button>
              <Button
                label={trans.__(
                  'Dismiss what became of connecting to %1',
                  name
                )}
                onClick={() => connections.set(cluster.id, null)}
              >
                {trans.__('Dismiss')}
              </Button>
            </>
          }
        >
          {trans.__(
            'The kernel of %1 is not connected. %2',
            connection.place,
            connection.message
          )}
          {connection.details && (
            <details className="jp-PccomputePanel-progress">
              <summary>{trans.__('Details')}</summary>
              <pre className="jp-PccomputePanel-traceback">
                {connection.details}
              </pre>
            </details>
          )}
        </Note>
      );
  }
}
