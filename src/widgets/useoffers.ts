// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JSONObject } from '@lumino/coreutils';
import React from 'react';
import type { Offers, OptionsForm } from '../_schema';
import type { IClusterManager } from '../tokens';
import { propertiesOf } from './optionsschema';

/** Milliseconds without a change after which is asked again. */
const PAUSE = 400;

const NONE: Offers = { values: {}, reason: null };

/** What the dialog knows of what can be chosen. */
export interface IKnownOffers extends Offers {
  asking: boolean;
}

/**
 * What there is to choose for a new cluster: asked at once, and again when an option changes on which others depend.
 *
 * Nobody waits for it, and where it fails there is nothing but the reason: anything can be typed.
 */
export function useOffers(
  manager: IClusterManager,
  backend: string,
  form: OptionsForm | null,
  values: JSONObject | null
): IKnownOffers {
  const [known, setKnown] = React.useState<Offers & { backend?: string }>(NONE);
  const [asking, setAsking] = React.useState(false);
  const asked = React.useRef<string | null>(null);
  const latest = React.useRef(values);
  latest.current = values;
  const ready = form !== null && values !== null;
  const basis = ready
    ? JSON.stringify(decisive(form).map(name => values[name] ?? null))
    : null;

  React.useEffect(() => {
    if (basis === null) {
      return;
    }
    let current = true;
    const tell = (offers: Offers): void => {
      if (current) {
        setKnown({ ...offers, backend });
        setAsking(false);
      }
    };
    const ask = (): void => {
      asked.current = backend;
      setAsking(true);
      manager
        .offers(backend, latest.current ?? {})
        .then(tell, (error: unknown) =>
          tell({
            values: {},
            reason: error instanceof Error ? error.message : String(error)
          })
        );
    };
    const timer = window.setTimeout(ask, asked.current === backend ? PAUSE : 0);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [manager, backend, basis]);

  // What can be chosen on another backend is nothing to suggest for this one.
  return { ...(known.backend === backend ? known : NONE), asking };
}

/** The options on which the offers of others depend. */
function decisive(form: OptionsForm): string[] {
  const names = Object.values(propertiesOf(form)).flatMap(
    property => (property['x-depends'] ?? []) as string[]
  );
  return [...new Set(names)].sort();
}
