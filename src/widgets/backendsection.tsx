// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { Backend, BackendProblem, Cluster } from '../_schema';
import { MenuButton } from './buttons';
import { AccountLine } from './accountline';
import { ClusterList } from './clusterlist';
import { backendMenu } from './connect/backendmenu';
import { CredentialLine, SignInButton } from './connect/credentialline';
import { useExecute, usePanel } from './context';
import { Note } from './note';
import { RegionLine } from './regionline';

/** Properties of `BackendSection`. */
export interface IBackendSectionProps {
  backend: Backend;
  clusters: readonly Cluster[];
  problem: BackendProblem | undefined;
  /** False for one that is no longer configured: nothing can be done with it. */
  known: boolean;
  cardsStartOpen: boolean;
}

/** A backend: who it is, how it is, and its clusters. */
export function BackendSection(props: IBackendSectionProps): JSX.Element {
  const { backend, clusters, problem } = props;
  const { trans } = usePanel();
  const execute = useExecute();
  const heading = React.useId();
  const needsCredential =
    backend.state === 'needs-credential' ||
    problem?.code === 'needs-credential';
  const state = needsCredential
    ? 'needs-credential'
    : problem
      ? 'unreachable'
      : backend.state;
  const word = stateWord(state, trans);
  const detail = [word, addressOf(backend, trans)].filter(Boolean).join(' · ');
  const words = problem?.message ?? backend.reason;
  return (
    <section
      className={`jp-PccomputePanel-backend jp-mod-${state}`}
      aria-labelledby={heading}
    >
      <div className="jp-PccomputePanel-backendTitle">
        <span className="jp-PccomputePanel-dot" aria-hidden="true" />
        <div>
          <h2 id={heading} className="jp-PccomputePanel-backendName">
            {backend.label}
          </h2>
          <div className="jp-PccomputePanel-details">
            {detail && (
              <span
                className="jp-PccomputePanel-detail"
                title={backend.address ?? undefined}
              >
                {detail}
              </span>
            )}
            <RegionLine region={backend.region} />
          </div>
        </div>
        {props.known && (
          <MenuButton
            icon={ellipsesIcon}
            label={trans.__('Actions for %1', backend.label)}
            items={() => backendMenu(backend, execute, trans)}
          />
        )}
      </div>
      {!needsCredential && <CredentialLine backend={backend} />}
      <AccountLine backend={backend} className="jp-PccomputePanel-credential" />
      {words && state !== 'ready' && (
        <Note
          kind={problem ? 'warning' : 'info'}
          action={
            needsCredential &&
            backend.credential && <SignInButton backend={backend} />
          }
        >
          {words}
          {clusters.some(cluster => cluster.stale) && (
            <>
              {' '}
              <em>{trans.__('Shown as last known.')}</em>
            </>
          )}
        </Note>
      )}
      {clusters.length > 0 && (
        <ClusterList
          clusters={clusters}
          label={trans.__('Clusters on %1', backend.label)}
          cardsStartOpen={props.cardsStartOpen}
        />
      )}
    </section>
  );
}

function stateWord(
  state: Backend['state'],
  trans: TranslationBundle
): string | null {
  switch (state) {
    case 'ready':
      return null;
    case 'needs-credential':
      return trans.__('sign-in needed');
    case 'unreachable':
      return trans.__('does not answer');
    case 'unavailable':
      return trans.__('not available');
  }
}

/** Where a backend is, short enough for a sidebar: the host and path of its address. */
function addressOf(backend: Backend, trans: TranslationBundle): string {
  if (backend.address === null) {
    return backend.kind === 'local' ? trans.__('embedded gateway') : '';
  }
  return backend.address.replace(/^[a-z]+:\/\//, '').replace(/\/+$/, '');
}
