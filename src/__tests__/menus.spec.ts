// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import schema from '../../schema/commands.json';
import { CommandIDs } from '../tokens';

interface IItem {
  command?: string;
  selector?: string;
  items?: IItem[];
  submenu?: IItem;
}

/** The commands in a menu and all that is below it. */
function commandsIn(items: IItem[]): string[] {
  return items.flatMap(({ command, items: below, submenu }) => [
    ...(command ? [command] : []),
    ...commandsIn(below ?? []),
    ...commandsIn(submenu ? [submenu] : [])
  ]);
}

describe('the menus', () => {
  const { main, context } = schema['jupyter.lab.menus'];

  it('hold only commands that there are', () => {
    const known: string[] = Object.values(CommandIDs);
    const used = [...commandsIn(main), ...commandsIn(context)];
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter(command => !known.includes(command))).toEqual([]);
  });

  it('open on a card only', () => {
    for (const { selector } of context) {
      expect(selector).toMatch(/^\.jp-PccomputePanel-card/);
    }
  });
});
