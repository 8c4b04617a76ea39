// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { notebookIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { countClients, type INotebookClient, notebooksOf } from './clients';
import { useExecute, usePanel } from './context';
import { openMenu } from './menu';
import { Phrase, PLACE } from './phrase';

/** Who uses a cluster: `Used by mosaic.ipynb and 1 more`. Notebooks of this server are links. */
export function ClusterClients(props: {
  cluster: Cluster;
}): JSX.Element | null {
  const { cluster } = props;
  const { trans } = usePanel();
  const execute = useExecute();
  const count = countClients(cluster);
  const [first, ...others] = notebooksOf(cluster);
  if (count === null) {
    return null;
  }
  const open = (client: INotebookClient): void =>
    execute(CommandIDs.showClient, { id: cluster.id, path: client.path });
  const more = count - 1;
  return (
    <div className="jp-PccomputePanel-clients">
      {count === 0 && trans.__('No client connected')}
      {count > 0 && !first && (
        <span title={cluster.used_by.map(({ label }) => label).join(', ')}>
          {trans._n('Used by %1 client', 'Used by %1 clients', count)}
        </span>
      )}
      {first && (
        <Phrase
          text={trans.__('Used by %1', PLACE)}
          element={
            <Link title={first.path} onClick={() => open(first)}>
              {first.name}
            </Link>
          }
        />
      )}
      {first && more > 0 && ' '}
      {first &&
        more > 0 &&
        (others.length === 0 ? (
          trans.__('and %1 more', more)
        ) : (
          <Phrase
            text={trans.__('and %1', PLACE)}
            element={
              <Link
                menu
                onClick={anchor =>
                  openMenu(
                    anchor,
                    others.map(other => ({
                      label: other.name,
                      icon: notebookIcon,
                      run: () => open(other)
                    }))
                  )
                }
              >
                {trans.__('%1 more', more)}
              </Link>
            }
          />
        ))}
    </div>
  );
}

/** A button that reads as part of a sentence. */
function Link(props: {
  children: React.ReactNode;
  title?: string;
  menu?: boolean;
  onClick: (anchor: HTMLElement) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      className="jp-PccomputePanel-link"
      title={props.title}
      aria-haspopup={props.menu ? 'menu' : undefined}
      onClick={event => props.onClick(event.currentTarget)}
    >
      {props.children}
    </button>
  );
}
