// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { LogLine, LogList } from '../_schema';

/** A line of a log, and whose it is. */
export interface ILogEntry extends LogLine {
  source: string;
}

/** A piece of a text; `found` where it is what was searched for. */
export interface ITextPart {
  text: string;
  found: boolean;
}

/**
 * The lines of one source, or of all (null) in the order of time.
 *
 * A line without a time stays behind the one that its source wrote before it.
 */
export function entriesOf(list: LogList, source: string | null): ILogEntry[] {
  const entries = list.sources
    .filter(each => source === null || each.source === source)
    .flatMap(each => {
      let time = -Infinity;
      return each.lines.map(line => {
        time = line.time === null ? time : Date.parse(line.time);
        return { time, entry: { ...line, source: each.source } };
      });
    });
  if (source === null) {
    // Sorting keeps the order of what is of the same time.
    entries.sort((a, b) => (a.time === b.time ? 0 : a.time - b.time));
  }
  return entries.map(({ entry }) => entry);
}

/** The entries that hold the text, in whichever case. */
export function search(
  entries: readonly ILogEntry[],
  text: string
): readonly ILogEntry[] {
  const sought = text.trim().toLowerCase();
  return sought === ''
    ? entries
    : entries.filter(({ message }) => message.toLowerCase().includes(sought));
}

/** A message, cut where the sought text begins and ends. */
export function partsOf(message: string, text: string): ITextPart[] {
  const sought = text.trim();
  if (sought === '') {
    return [{ text: message, found: false }];
  }
  const pattern = new RegExp(
    `(${sought.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`,
    'gi'
  );
  // What a group catches is kept, at the odd places.
  return message
    .split(pattern)
    .map((part, index) => ({ text: part, found: index % 2 === 1 }))
    .filter(part => part.text !== '');
}

/** The entries as a text file. */
export function fileOf(
  entries: readonly ILogEntry[],
  withSource: boolean
): string {
  return entries
    .map(({ time, source, level, message }) =>
      [time, withSource ? source : null, level?.toUpperCase(), message]
        .filter(Boolean)
        .join(' ')
    )
    .map(line => `${line}\n`)
    .join('');
}

/** A name for that file, of characters that every file system takes. */
export function fileNameOf(cluster: string, source: string | null): string {
  return [cluster, source ?? 'logs']
    .map(part => part.replace(/[^\p{L}\p{N}._-]+/gu, '-'))
    .join('-')
    .concat('.log');
}
