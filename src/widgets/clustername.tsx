// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Cluster } from '../_schema';
import { CommandIDs } from '../tokens';
import { usePanel } from './context';

/** The longest name that the server takes. */
export const MAX_LABEL = 80;

/** What a cluster is called: the user's name for it, else the backend's, which comes with the backend's answer. */
export function nameOf(cluster: Cluster, trans: TranslationBundle): string {
  return cluster.label ?? (cluster.name || trans.__('New cluster'));
}

/** Properties of `ClusterName`. */
export interface IClusterNameProps {
  cluster: Cluster;
  /** The id of the heading, which labels the card. */
  id: string;
  renaming: boolean;
  onRename: (renaming: boolean) => void;
}

/** The name of a cluster, which a double click turns into a field. */
export function ClusterName(props: IClusterNameProps): JSX.Element {
  const { cluster, onRename } = props;
  const { commands, trans } = usePanel();
  // The new name, from the moment it is sent until the answer is there.
  const [sent, setSent] = React.useState<string | null>(null);
  const name = nameOf(cluster, trans);

  const save = (text: string): void => {
    onRename(false);
    const label = text.trim() || null;
    if ((label ?? cluster.name) === name) {
      return;
    }
    setSent(label ?? cluster.name);
    commands
      .execute(CommandIDs.renameCluster, { id: cluster.id, label })
      .catch((reason: unknown) => {
        console.warn('The cluster keeps its name:', reason);
      })
      .finally(() => setSent(null));
  };

  if (props.renaming) {
    return (
      <NameField
        label={trans.__('New name of %1', name)}
        start={name}
        placeholder={cluster.name}
        onSave={save}
        onCancel={() => onRename(false)}
      />
    );
  }
  return (
    <h3
      id={props.id}
      className="jp-PccomputePanel-name"
      title={trans.__('%1 — double-click or press F2 to rename', name)}
      onDoubleClick={() => onRename(true)}
    >
      {sent ?? name}
    </h3>
  );
}

/** A field that saves once: on Enter or when the focus leaves; Escape leaves all as it was. */
function NameField(props: {
  label: string;
  start: string;
  placeholder: string;
  onSave: (text: string) => void;
  onCancel: () => void;
}): JSX.Element {
  const [text, setText] = React.useState(props.start);
  const field = React.useRef<HTMLInputElement>(null);
  const over = React.useRef(false);
  React.useEffect(() => field.current?.select(), []);

  const finish = (how: () => void): void => {
    if (!over.current) {
      over.current = true;
      how();
    }
  };
  return (
    <input
      ref={field}
      className="jp-PccomputePanel-nameField"
      type="text"
      aria-label={props.label}
      placeholder={props.placeholder}
      maxLength={MAX_LABEL}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={() => finish(() => props.onSave(text))}
      onKeyDown={event => {
        // The card must not take these keys for its own.
        event.stopPropagation();
        if (event.key === 'Enter') {
          finish(() => props.onSave(text));
        } else if (event.key === 'Escape') {
          finish(props.onCancel);
        }
      }}
    />
  );
}
