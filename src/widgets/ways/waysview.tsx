// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import type { Snippet } from '../../_schema';
import { DialogButton, DialogButtons } from '../connect/dialogbuttons';
import { CodeBlock, type HighlightCode } from './codeblock';
import { WayList } from './waylist';

/** Properties of `WaysView`. */
export interface IWaysViewProps {
  /** At least one. */
  snippets: readonly Snippet[];
  /** The id of the way to start with; without it, the first. */
  start?: string;
  highlight: HighlightCode | null;
  onCopy: (snippet: Snippet) => void;
  onDownload: (snippet: Snippet) => void;
  onInsert: (snippet: Snippet) => void;
  trans: TranslationBundle;
}

/** The ways to a cluster: what each is for, its code, and what can be done with that. */
export function WaysView(props: IWaysViewProps): JSX.Element {
  const { snippets, trans } = props;
  const prefix = React.useId();
  const [way, setWay] = React.useState(props.start);
  const [copied, setCopied] = React.useState<string | null>(null);
  const chosen = snippets.find(({ id }) => id === way) ?? snippets[0];
  const ids = { tab: (id: string) => `${prefix}${id}`, panel: `${prefix}-way` };
  return (
    <div className="jp-PccomputeWays">
      <WayList
        snippets={snippets}
        chosen={chosen.id}
        onChoose={setWay}
        ids={ids}
        label={trans.__('Ways to connect')}
      />
      <div
        id={ids.panel}
        className="jp-PccomputeWays-way"
        role="tabpanel"
        aria-labelledby={ids.tab(chosen.id)}
      >
        <p className="jp-PccomputeWays-when">{chosen.description}</p>
        <CodeBlock
          code={chosen.code}
          language={chosen.language}
          label={trans.__('Code: %1', chosen.title)}
          highlight={props.highlight}
        />
        {chosen.links.length > 0 && (
          <ul className="jp-PccomputeWays-links">
            {chosen.links.map(({ label, url }) => (
              <li key={url}>
                <a
                  className="jp-PccomputeConnect-link"
                  href={url}
                  target="_blank"
                  rel="noopener noreferrer"
                >
                  {trans.__('%1 (opens a new tab)', label)}
                </a>
              </li>
            ))}
          </ul>
        )}
        <DialogButtons
          apart={
            chosen.filename && (
              <DialogButton
                look="reject"
                onClick={() => props.onDownload(chosen)}
              >
                {trans.__('Download %1', chosen.filename)}
              </DialogButton>
            )
          }
        >
          <DialogButton
            look={chosen.language === 'python' ? 'reject' : 'accept'}
            onClick={() => {
              props.onCopy(chosen);
              setCopied(chosen.id);
            }}
          >
            {copied === chosen.id ? trans.__('Copied') : trans.__('Copy')}
          </DialogButton>
          {chosen.language === 'python' && (
            <DialogButton look="accept" onClick={() => props.onInsert(chosen)}>
              {trans.__('Insert')}
            </DialogButton>
          )}
        </DialogButtons>
        <div className="jp-PccomputeWays-status" role="status">
          {copied === chosen.id && trans.__('Copied: %1', chosen.title)}
        </div>
      </div>
    </div>
  );
}
