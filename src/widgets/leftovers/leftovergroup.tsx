// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Leftover } from '../../_schema';
import { Button } from '../buttons';
import { useAsking } from '../connect/useasking';
import { Note } from '../note';

/** Properties of `LeftoverGroup`. */
export interface ILeftoverGroupProps {
  leftover: Leftover;
  /** Begin to delete it. */
  onDelete: () => Promise<unknown>;
  /** It is being deleted. */
  onDeleted: () => void;
  trans: TranslationBundle;
}

/** What is left of one cluster. It is deleted only after a second click, on a button that says what goes. */
export function LeftoverGroup(props: ILeftoverGroupProps): JSX.Element {
  const { leftover, trans } = props;
  const { cluster: id, place, resources } = leftover;
  const heading = React.useId();
  const where = React.useId();
  const [sure, setSure] = React.useState(false);
  const { busy, problem, ask } = useAsking();
  const actions = React.useRef<HTMLDivElement>(null);
  const turned = React.useRef(false);
  React.useEffect(() => {
    if (turned.current) {
      // The button that had the focus is replaced. The first one keeps all: Enter must not delete anything.
      actions.current?.querySelector('button')?.focus();
    }
    turned.current = true;
  }, [sure]);
  const remove = (): void =>
    ask(async () => {
      await props.onDelete();
      props.onDeleted();
    });
  return (
    <section
      className="jp-PccomputeLeftovers-group"
      aria-labelledby={heading}
      aria-describedby={where}
      aria-busy={busy}
    >
      <h3 id={heading} className="jp-PccomputeForm-label">
        {trans.__('Cluster %1', id)}
      </h3>
      <div id={where} className="jp-PccomputeForm-hint">
        {place}
      </div>
      <ul className="jp-PccomputeLeftovers-resources">
        {resources.map((resource, index) => (
          <li key={index}>{resource}</li>
        ))}
      </ul>
      {problem && (
        <Note kind="error" alert>
          {problem}
        </Note>
      )}
      <div ref={actions} className="jp-PccomputeLeftovers-actions">
        {sure ? (
          <>
            <span role="status">
              {busy
                ? trans.__('Beginning to delete…')
                : trans.__('What is deleted can’t be brought back.')}
            </span>
            {!busy && (
              <Button
                label={trans.__('Keep what is left of %1', id)}
                onClick={() => setSure(false)}
              >
                {trans.__('Keep')}
              </Button>
            )}
            <Button
              look="danger"
              label={trans.__('Delete all of %1', id)}
              onClick={remove}
            >
              {trans._n(
                'Delete %1 resource',
                'Delete %1 resources',
                resources.length
              )}
            </Button>
          </>
        ) : (
          <Button
            look="danger"
            label={trans.__('Delete what is left of %1…', id)}
            onClick={() => setSure(true)}
          >
            {trans.__('Delete…')}
          </Button>
        )}
      </div>
    </section>
  );
}
