// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';
import type { VersionDifference } from '../_schema';
import { CommandIDs, type IVersionHints } from '../tokens';
import { IconButton } from './buttons';
import { useExecute, usePanel } from './context';
import { Note } from './note';

/** Properties of `VersionHint`. */
export interface IVersionHintProps {
  /** The id of the cluster. */
  cluster: string;
  name: string;
}

/** What of the kernel's packages differs from the cluster's and breaks things; nothing where all is well. */
export function VersionHint(props: IVersionHintProps): JSX.Element | null {
  const { manager, trans } = usePanel();
  const execute = useExecute();
  const differences = useHint(manager.versionHints, props.cluster);
  if (differences.length === 0) {
    return null;
  }
  const dismiss = (): void => {
    // The button goes away: keep the keyboard in this card.
    document.activeElement?.closest<HTMLElement>('[data-cluster]')?.focus();
    execute(CommandIDs.dismissVersionHint, { id: props.cluster });
  };
  return (
    <Note kind="info">
      <div className="jp-PccomputeVersions-title">
        {trans.__('The kernel has other versions than the cluster:')}
        <IconButton
          icon={closeIcon}
          label={trans.__('Dismiss the hint on versions of %1', props.name)}
          onClick={dismiss}
        />
      </div>
      <ul className="jp-PccomputeVersions-list">
        {differences.map(each => (
          <li key={each.package}>{inWords(each, trans)}</li>
        ))}
      </ul>
      {distinct(differences.map(({ why }) => why ?? '')).join(' ')}{' '}
      <em>{distinct(differences.map(({ advice }) => advice)).join(' ')}</em>
    </Note>
  );
}

function useHint(
  hints: IVersionHints,
  cluster: string
): readonly VersionDifference[] {
  const subscribe = React.useCallback(
    (render: () => void) => {
      const onChanged = (_: IVersionHints, changed: string): void => {
        if (changed === cluster) {
          render();
        }
      };
      hints.changed.connect(onChanged);
      return () => hints.changed.disconnect(onChanged);
    },
    [hints, cluster]
  );
  const found = React.useSyncExternalStore(subscribe, () =>
    JSON.stringify(hints.of(cluster))
  );
  return React.useMemo(() => JSON.parse(found) as VersionDifference[], [found]);
}

/** `dask: 2026.8.0 here, 2024.4.2 there`. */
function inWords(
  difference: VersionDifference,
  trans: TranslationBundle
): string {
  const { package: name, kernel, scheduler, workers } = difference;
  const word = (version: string | null): string =>
    version === null ? trans.__('missing') : version.replace(/\.final\.0$/, '');
  const there = distinct(
    (workers.length > 0 ? workers : [scheduler]).map(word)
  );
  return trans.__(
    '%1: %2 here, %3 there',
    name,
    word(kernel),
    there.join(', ')
  );
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
