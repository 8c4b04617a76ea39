// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../tokens';
import { TRANSLATION_DOMAIN } from '../widgets/context';

/** Lists every command in the palette; there each asks for what it needs. */
export const palettePlugin: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:palette',
  description: 'Adds the commands on clusters to the command palette.',
  autoStart: true,
  optional: [ICommandPalette, ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    for (const command of Object.values(CommandIDs)) {
      palette?.addItem({ command, category: trans.__('Compute') });
    }
  }
};
