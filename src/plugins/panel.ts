// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Token } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';
import { CommandIDs, IClusterManager } from '../tokens';
import { TRANSLATION_DOMAIN } from '../widgets/context';
import { computeIcon } from '../widgets/icons';
import { PanelWidget } from '../widgets/panel';
import { IKernelConnections } from './connections';

/** The place among the left sidebar's tabs: below the file browser and what runs. */
const RANK = 200;

/** The compute panel, for other plugins of this extension. */
export const IComputePanel = new Token<Widget>(
  'pccompute-ext:IComputePanel',
  'The compute panel in the left sidebar.'
);

/** Puts the compute panel into the left sidebar. */
export const panelPlugin: JupyterFrontEndPlugin<Widget> = {
  id: 'pccompute-ext:panel',
  description: 'Adds the compute panel to the left sidebar.',
  autoStart: true,
  provides: IComputePanel,
  requires: [IClusterManager, IKernelConnections],
  optional: [ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    connections: IKernelConnections,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ): Widget => {
    const { commands, shell } = app;
    const words = translator ?? nullTranslator;
    const trans = words.load(TRANSLATION_DOMAIN);
    const panel = new PanelWidget({
      manager,
      commands,
      connections,
      translator: words
    });
    shell.add(panel, 'left', { rank: RANK, type: 'Compute' });
    restorer?.add(panel, panel.id);

    commands.addCommand(CommandIDs.openPanel, {
      label: trans.__('Show Compute Panel'),
      caption: trans.__('Show the Dask clusters in the sidebar'),
      icon: computeIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            id: {
              type: 'string',
              description: trans.__('The id of a cluster to go to.')
            }
          }
        }
      },
      execute: args => {
        shell.activateById(panel.id);
        const cards =
          panel.node.querySelectorAll<HTMLElement>('[data-cluster]');
        [...cards]
          .find(card => card.dataset['cluster'] === args['id'])
          ?.focus();
      }
    });
    return panel;
  }
};
