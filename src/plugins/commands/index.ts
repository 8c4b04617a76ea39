// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs, IClusterManager } from '../../tokens';
import { TRANSLATION_DOMAIN } from '../../widgets/context';
import { highlighter } from '../highlighting';
import { addClientCommands } from './clients';
import type { ICommandContext } from './context';
import { contextMenuOf } from './context';
import { addCreatingCommands } from './creating';
import { addEndingCommands } from './ending';
import { addLeftoverCommands } from './leftovers';
import { addListingCommands } from './listing';
import { addScalingCommands } from './scaling';

/** The commands on clusters, and (in its settings) their menus. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:commands',
  description: 'Commands that create, size, rename and shut down clusters.',
  autoStart: true,
  requires: [IClusterManager],
  optional: [IStateDB, IEditorLanguageRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    stateDB: IStateDB | null,
    languages: IEditorLanguageRegistry | null,
    translator: ITranslator | null
  ) => {
    const { commands } = app;
    const words = translator ?? nullTranslator;
    const context: ICommandContext = {
      commands,
      manager,
      translator: words,
      trans: words.load(TRANSLATION_DOMAIN),
      stateDB,
      highlight: highlighter(languages),
      clusterOfContextMenu: contextMenuOf(app)
    };
    addListingCommands(context);
    addCreatingCommands(context);
    addScalingCommands(context);
    addEndingCommands(context);
    addLeftoverCommands(context);
    addClientCommands(context, app.serviceManager.sessions);

    // Which commands are enabled depends on the clusters that there are, and on their states.
    let before = '';
    const update = () => {
      const states = manager.clusters.map(
        ({ id, state, dashboard, used_by }) =>
          id + state + dashboard + used_by.length
      );
      const now = [manager.connection, ...states].join();
      if (now !== before) {
        before = now;
        Object.values(CommandIDs)
          .filter(id => commands.hasCommand(id))
          .forEach(id => commands.notifyCommandChanged(id));
      }
    };
    manager.clustersChanged.connect(update);
    manager.backendsChanged.connect(() =>
      commands.notifyCommandChanged(CommandIDs.findLeftovers)
    );
    manager.connectionChanged.connect(update);
  }
};
