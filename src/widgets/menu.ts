// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { type LabIcon, MenuSvg } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';
import type { Menu } from '@lumino/widgets';

/** An entry of a menu; a separator is drawn above one that `begins` a group. */
export interface IMenuItem {
  label: string;
  run: () => void;
  icon?: LabIcon;
  begins?: boolean;
  enabled?: boolean;
}

/**
 * Open a menu below a button, and give the focus back to the button when it closes.
 *
 * @returns The menu, which disposes of itself once it is closed.
 *
 * Its entries do what the panel's buttons do: most execute a command, some (rename in place) only change the view.
 */
export function openMenu(anchor: HTMLElement, items: IMenuItem[]): Menu {
  const commands = new CommandRegistry();
  const menu = new MenuSvg({ commands });
  menu.addClass('jp-PccomputePanel-menu');
  items.forEach((item, index) => {
    const command = `item-${index}`;
    commands.addCommand(command, {
      label: item.label,
      icon: item.icon,
      isEnabled: () => item.enabled ?? true,
      execute: item.run,
      describedBy: { args: { type: 'object', properties: {} } }
    });
    if (item.begins && index > 0) {
      menu.addItem({ type: 'separator' });
    }
    menu.addItem({ command });
  });
  menu.aboutToClose.connect(closing => {
    anchor.setAttribute('aria-expanded', 'false');
    if (closing.node.contains(document.activeElement)) {
      anchor.focus();
    }
    // The menu still runs the chosen entry after it says that it closes.
    window.setTimeout(() => closing.dispose(), 0);
  });
  const box = anchor.getBoundingClientRect();
  anchor.setAttribute('aria-expanded', 'true');
  menu.open(box.left, box.bottom);
  return menu;
}
