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
    found && summary(found, begun, trans),
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
  found: LeftoverList,
  begun: number,
  trans: TranslationBundle
): string {
  const count = found.leftovers.length;
  // Only where one has looked can nothing be left.
  const where = found.looked_into.join(', ');
  if (count > 0) {
    return trans._n(
      'Resources of %1 cluster that nobody here knows, in %2.',
      'Resources of %1 clusters that nobody here knows, in %2.',
      count,
      where
    );
  }
  return begun > 0
    ? trans.__('Nothing else is left in %1.', where)
    : trans.__(
        'Nothing is left in %1: all resources of clusters there belong to clusters that are listed here.',
        where
      );
}
