// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { LabIcon } from '@jupyterlab/ui-components';
import React from 'react';
import { type IMenuItem, openMenu } from './menu';

/** Properties of `Button`. */
export interface IButtonProps {
  onClick: () => void;
  children: React.ReactNode;
  /** What screen readers say, where the text alone is not enough. */
  label?: string;
  look?: 'plain' | 'primary' | 'danger';
  title?: string;
  /** Whether it is on, for a button that switches something on and off. */
  pressed?: boolean;
  /** Can be dragged into a notebook, too. */
  drags?: boolean;
}

const LOOKS = {
  plain: '',
  primary: 'jp-mod-styled jp-mod-accept',
  danger: 'jp-mod-danger'
};

/** A button with a text. */
export function Button(props: IButtonProps): JSX.Element {
  const look = LOOKS[props.look ?? 'plain'];
  return (
    <button
      type="button"
      className={`jp-PccomputePanel-button ${look}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      title={props.title}
      data-pccompute-drag={props.drags ? '' : undefined}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

/** Properties of `IconButton`. */
export interface IIconButtonProps {
  icon: LabIcon;
  label: string;
  onClick: () => void;
}

/** A button with an icon alone; its label is its tooltip too. */
export function IconButton(props: IIconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-PccomputePanel-iconButton"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <props.icon.react tag="span" elementPosition="center" />
    </button>
  );
}

/** Properties of `MenuButton`. */
export interface IMenuButtonProps {
  icon: LabIcon;
  label: string;
  /** Made when the menu opens, which may have to wait for them. */
  items: () => IMenuItem[] | Promise<IMenuItem[]>;
  className?: string;
}

/** A button that opens a menu. */
export function MenuButton(props: IMenuButtonProps): JSX.Element {
  const [waiting, setWaiting] = React.useState(false);
  const open = async (
    anchor: HTMLElement,
    items: Promise<IMenuItem[]>
  ): Promise<void> => {
    setWaiting(true);
    const found = await items;
    setWaiting(false);
    if (anchor.isConnected) {
      openMenu(anchor, found);
    }
  };
  const onClick = (event: React.MouseEvent<HTMLElement>): void => {
    const items = props.items();
    if (items instanceof Promise) {
      void open(event.currentTarget, items);
    } else {
      openMenu(event.currentTarget, items);
    }
  };
  return (
    <button
      type="button"
      className={`jp-PccomputePanel-iconButton ${props.className ?? ''}`.trim()}
      aria-label={props.label}
      aria-haspopup="menu"
      aria-busy={waiting || undefined}
      title={props.label}
      onClick={onClick}
    >
      <props.icon.react tag="span" elementPosition="center" />
    </button>
  );
}
