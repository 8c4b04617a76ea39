// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';
import type { OptionsForm } from '../_schema';
import type { IClusterManager } from '../tokens';
import type { ILastChoices, LastChoices } from './lastchoices';

/** How far a backend's options have come. */
export type Loaded =
  | { state: 'loading' }
  | { state: 'failed'; message: string }
  | { state: 'ready'; form: OptionsForm; last: ILastChoices };

/** The options of a backend and what was chosen of them last; and a function that asks again. */
export function useOptions(
  manager: IClusterManager,
  lastChoices: LastChoices,
  backend: string
): [Loaded, () => void] {
  const [tries, setTries] = React.useState(0);
  const [loaded, setLoaded] = React.useState<Loaded & { backend?: string }>({
    state: 'loading'
  });

  React.useEffect(() => {
    let current = true;
    const tell = (news: Loaded): void => {
      if (current) {
        setLoaded({ ...news, backend });
      }
    };
    tell({ state: 'loading' });
    manager
      .options(backend)
      .then(async form => {
        const last = await lastChoices.load(backend, form);
        tell({ state: 'ready', form, last });
      })
      .catch((reason: unknown) => {
        const message =
          reason instanceof Error ? reason.message : String(reason);
        tell({ state: 'failed', message });
      });
    return () => {
      current = false;
    };
  }, [manager, lastChoices, backend, tries]);

  const again = React.useCallback(() => setTries(count => count + 1), []);
  // What is known of another backend is nothing to show for this one.
  return [loaded.backend === backend ? loaded : { state: 'loading' }, again];
}
