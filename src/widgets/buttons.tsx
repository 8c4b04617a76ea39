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
  /** Made when the menu opens. */
  items: () => IMenuItem[];
  className?: string;
}

/** A button that opens a menu. */
export function MenuButton(props: IMenuButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className={`jp-PccomputePanel-iconButton ${props.className ?? ''}`.trim()}
      aria-label={props.label}
      aria-haspopup="menu"
      title={props.label}
      onClick={event => openMenu(event.currentTarget, props.items())}
    >
      <props.icon.react tag="span" elementPosition="center" />
    </button>
  );
}
