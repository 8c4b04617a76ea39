// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';
import { type ILogEntry, partsOf } from './logtext';

/** As many lines are in the page at a time; a file holds all. */
const MOST_LINES = 2000;

/** Properties of `LogLines`. */
export interface ILogLinesProps {
  entries: readonly ILogEntry[];
  /** What is marked. */
  sought: string;
  withSource: boolean;
  label: string;
  /** Keep the latest line in sight. */
  following: boolean;
  /** Called when the reader scrolls back. */
  onScrollBack: () => void;
  trans: TranslationBundle;
}

/** The lines of a log, as text that can be selected and copied. */
export function LogLines(props: ILogLinesProps): JSX.Element {
  const { entries, sought, withSource, following, trans } = props;
  const scroller = React.useRef<HTMLDivElement>(null);
  const place = React.useRef(0);
  const shown = entries.slice(-MOST_LINES);
  const hidden = entries.length - shown.length;

  React.useLayoutEffect(() => {
    const box = scroller.current;
    if (box && following) {
      box.scrollTop = box.scrollHeight;
      place.current = box.scrollTop;
    }
  }, [following, entries, sought]);

  const onScroll = (): void => {
    const box = scroller.current;
    if (!box) {
      return;
    }
    const below = box.scrollHeight - box.clientHeight - box.scrollTop;
    if (following && box.scrollTop < place.current && below > 4) {
      props.onScrollBack();
    }
    place.current = box.scrollTop;
  };

  return (
    <div
      ref={scroller}
      className="jp-PccomputeLogs-lines"
      role="log"
      aria-label={props.label}
      // Read aloud only when gone to: a busy log would never let one listen to anything else.
      aria-live="off"
      tabIndex={0}
      onScroll={onScroll}
    >
      {hidden > 0 && (
        <p className="jp-PccomputeView-summary">
          {trans.__(
            'The latest %1 lines; %2 older ones are in the file to download.',
            shown.length.toLocaleString(),
            hidden.toLocaleString()
          )}
        </p>
      )}
      {shown.map((entry, index) => (
        <Line
          key={index}
          entry={entry}
          sought={sought}
          withSource={withSource}
        />
      ))}
    </div>
  );
}

interface ILineProps {
  entry: ILogEntry;
  sought: string;
  withSource: boolean;
}

/** A line of the log. */
function PlainLine({ entry, sought, withSource }: ILineProps): JSX.Element {
  const { time, level, source, message } = entry;
  return (
    <div className={`jp-PccomputeLogs-line jp-mod-level-${level ?? 'none'}`}>
      {time && (
        <time dateTime={time} title={time}>
          {new Date(time).toLocaleTimeString()}
        </time>
      )}{' '}
      {withSource && <span className="jp-PccomputeLogs-source">{source} </span>}
      {level && <span className="jp-PccomputeLogs-level">{level} </span>}
      <span>
        {partsOf(message, sought).map((part, index) =>
          part.found ? <mark key={index}>{part.text}</mark> : part.text
        )}
      </span>
    </div>
  );
}

/** A line that renders again only if it is another one: every answer brings all of them. */
const Line = React.memo(
  PlainLine,
  (before, after) =>
    before.sought === after.sought &&
    before.withSource === after.withSource &&
    before.entry.message === after.entry.message &&
    before.entry.time === after.entry.time &&
    before.entry.level === after.entry.level &&
    before.entry.source === after.entry.source
);
