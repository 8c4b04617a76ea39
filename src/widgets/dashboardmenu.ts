// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { CommandIDs, type IClusterManager } from '../tokens';
import type { IMenuItem } from './menu';

/** What can be opened of a cluster's dashboard. Its plots are asked for when the menu opens: each Dask has its own. */
export async function dashboardMenu(
  manager: IClusterManager,
  commands: CommandRegistry,
  id: string,
  execute: (command: string, args: ReadonlyPartialJSONObject) => void,
  trans: TranslationBundle
): Promise<IMenuItem[]> {
  const items: IMenuItem[] = [
    {
      label: trans.__('Whole dashboard'),
      run: () => execute(CommandIDs.openDashboard, { id })
    }
  ];
  if (commands.isVisible(CommandIDs.openDaskPanes, { id })) {
    items.push({
      label: trans.__('Open in Dask panes'),
      run: () => execute(CommandIDs.openDaskPanes, { id })
    });
  }
  try {
    const plots = await manager.plots(id);
    plots.forEach(({ title, path }, index) =>
      items.push({
        label: title,
        begins: index === 0,
        run: () => execute(CommandIDs.openDashboard, { id, plot: path })
      })
    );
  } catch (error) {
    items.push({
      label: error instanceof Error ? error.message : String(error),
      begins: true,
      enabled: false,
      run: () => undefined
    });
  }
  return items;
}
