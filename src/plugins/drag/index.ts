// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';
import { goToCell } from '../../insertion';
import { readOrigin } from '../../origin';
import { IClusterManager } from '../../tokens';
import { IComputePanel } from '../panel';
import { takenAt } from '../snippets/names';
import { noteOf, ofCluster } from '../snippets/source';
import { compareBeside } from '../versions/comparing';
import { type IDraggedCode, SnippetDrag } from './snippetdrag';

/** Lets a cluster's code be dragged from its card into a notebook. */
export const dragPlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:drag',
  description: 'Drags the code of a cluster from the panel into a notebook.',
  autoStart: true,
  requires: [IClusterManager, IComputePanel],
  optional: [INotebookTracker],
  activate: (
    app: JupyterFrontEnd,
    manager: IClusterManager,
    panel: Widget,
    notebooks: INotebookTracker | null
  ) => {
    const onDropped = (id: string) => {
      notebooks?.forEach(notebook => {
        const { cells } = notebook.context.model.sharedModel;
        const index = cells.findIndex(cell => cell.getId() === id);
        if (index !== -1) {
          // The notebook leaves the cell above the new one selected as well.
          goToCell(notebook, index);
          const cluster = readOrigin(cells[index])?.cluster;
          const kernel = notebook.sessionContext.session?.kernel?.id;
          if (cluster && kernel) {
            compareBeside(app.commands, cluster, kernel);
          }
        }
      });
    };
    const codeOf = async (id: string): Promise<IDraggedCode | null> => {
      const cluster = manager.cluster(id);
      if (!cluster) {
        return null;
      }
      const current = notebooks?.currentWidget;
      const taken = current
        ? await takenAt({ kind: 'notebook', panel: current }, cluster)
        : [];
      const [snippet] = await manager.snippets(id, taken);
      return { snippet, origin: noteOf(snippet, ofCluster(cluster)) };
    };
    const drag = new SnippetDrag({ node: panel.node, codeOf, onDropped });
    panel.disposed.connect(() => drag.dispose());
  }
};
