// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Leftover, LeftoverList } from '../../_schema';
import { DialogButton, DialogButtons } from '../connect/dialogbuttons';
import { useAsking } from '../connect/useasking';
import { FoundRegion } from '../foundregion';
import { Note } from '../note';
import { WaitingBar } from '../waitingbar';
import { LeftoverGroup } from './leftovergroup';

/** So many places are told by name. */
const NAMED = 3;

/** Properties of `LeftoversView`. */
export interface ILeftoversViewProps {
  /** The name of the backend that looks. */
  backend: string;
  /** Look for what is left. */
  search: () => Promise<LeftoverList>;
  /** Begin to delete one of those; the person was asked. */
  onDelete: (leftover: Leftover) => Promise<unknown>;
  onClose: () => void;
  trans: TranslationBundle;
}

/** What clusters have left behind, as soon as it is found, with a way to delete each. */
export function LeftoversView(props: ILeftoversViewProps): JSX.Element {
  const { trans } = props;
  const [found, setFound] = React.useState<LeftoverList | null>(null);
  const [begun, setBegun] = React.useState(0);
  const { busy, problem, ask } = useAsking();
  const list = React.useRef<HTMLDivElement>(null);
  const search = (): void => {
    setFound(null);
    ask(async () => setFound(await props.search()));
  };
  // Once, when the dialog opens.
  const start = React.useRef(search);
  React.useEffect(() => start.current(), []);

  const take = (leftover: Leftover): void => {
    setBegun(count => count + 1);
    setFound(
      known =>
        known && {
          ...known,
          leftovers: known.leftovers.filter(each => each !== leftover)
        }
    );
    // The button that had the focus is gone.
    list.current?.focus();
  };
  const status = [
    busy &&
      trans.__('Looking for resources of clusters that nobody here knows…'),
    found && summary(found.leftovers.length, begun, trans),
    found && lookedInto(found.looked_into, trans),
    begun > 0 &&
      trans._n(
        'One is being deleted: its card in the panel shows how it goes.',
        '%1 are being deleted: their cards in the panel show how it goes.',
        begun
      )
  ];
  return (
    <div className="jp-PccomputeConnect-form">
      <div className="jp-PccomputeForm-hint">{props.backend}</div>
      {found?.reason && <Note kind="warning">{found.reason}</Note>}
      {found !== null && found.leftovers.length > 0 && (
        <Note kind="warning">
          {trans.__(
            'They may be in use all the same: by a colleague, or by a cluster that you started on another computer with the same subscription. Delete only what you know.'
          )}
        </Note>
      )}
      <FoundRegion
        ref={list}
        className="jp-PccomputeLeftovers"
        busy={busy}
        problem={problem}
        trans={trans}
      >
        {busy && <WaitingBar label={trans.__('Looking for leftovers')} />}
        {found?.leftovers.map(leftover => (
          <LeftoverGroup
            key={leftover.id}
            leftover={leftover}
            onDelete={() => props.onDelete(leftover)}
            onDeleted={() => take(leftover)}
            trans={trans}
          />
        ))}
        <div className="jp-PccomputeForm-hint" role="status">
          {status.filter(Boolean).join(' ')}
        </div>
      </FoundRegion>
      <DialogButtons>
        <DialogButton look="reject" busy={busy} onClick={search}>
          {trans.__('Look again')}
        </DialogButton>
        <DialogButton look="accept" onClick={props.onClose}>
          {trans.__('Close')}
        </DialogButton>
      </DialogButtons>
    </div>
  );
}

/** What was found, as one sentence. */
function summary(
  count: number,
  begun: number,
  trans: TranslationBundle
): string {
  if (count > 0) {
    return trans._n(
      'Resources of %1 cluster that nobody here knows.',
      'Resources of %1 clusters that nobody here knows.',
      count
    );
  }
  return begun > 0
    ? trans.__('Nothing else is left.')
    : trans.__(
        'Nothing is left: all resources of clusters belong to clusters that are listed here.'
      );
}

/** Where that was found out: nothing is known of other places. */
function lookedInto(
  places: readonly string[],
  trans: TranslationBundle
): string | null {
  if (places.length === 0) {
    return null;
  }
  const named = places.slice(0, NAMED).join(', ');
  const others = places.length - NAMED;
  return others > 0
    ? trans._n(
        'Looked into %2 and %1 other place.',
        'Looked into %2 and %1 other places.',
        others,
        named
      )
    : trans.__('Looked into %1.', named);
}
