// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import {
  caretDownIcon,
  codeIcon,
  copyIcon,
  linkIcon,
  listIcon
} from '@jupyterlab/ui-components';
import React from 'react';
import { CommandIDs } from '../tokens';
import { Button, MenuButton } from './buttons';
import { useExecute, usePanel } from './context';
import type { IMenuItem } from './menu';

/** Insert the code that connects to a cluster; beside it a menu with the other ways to take it. */
export function InsertButton(props: {
  cluster: string;
  name: string;
}): JSX.Element {
  const { trans } = usePanel();
  const execute = useExecute();
  const args = { id: props.cluster };
  const items = (): IMenuItem[] => [
    {
      label: trans.__('Insert code into the notebook'),
      icon: codeIcon,
      run: () => execute(CommandIDs.insertSnippet, args)
    },
    {
      label: trans.__('Copy code'),
      icon: copyIcon,
      run: () => execute(CommandIDs.copySnippet, args)
    },
    {
      label: trans.__('Connect kernel'),
      icon: linkIcon,
      begins: true,
      run: () => execute(CommandIDs.connectKernel, args)
    },
    {
      label: trans.__('Ways to connect…'),
      icon: listIcon,
      run: () => execute(CommandIDs.showWays, args)
    }
  ];
  return (
    <div className="jp-PccomputePanel-split" data-pccompute-drag="">
      <Button
        label={trans.__('Insert code that connects to %1', props.name)}
        title={trans.__(
          'Insert code below the active cell, or drag it between two cells'
        )}
        drags
        onClick={() => execute(CommandIDs.insertSnippet, args)}
      >
        <codeIcon.react tag="span" elementPosition="center" />
        {trans.__('Insert code')}
      </Button>
      <MenuButton
        className="jp-mod-caret"
        icon={caretDownIcon}
        label={trans.__('More ways to use the code of %1', props.name)}
        items={items}
      />
    </div>
  );
}
