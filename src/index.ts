// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './plugins/commands';
import { dragPlugin } from './plugins/drag';
import { gatewaysPlugin } from './plugins/gateways';
import { managerPlugin } from './plugins/manager';
import { palettePlugin } from './plugins/palette';
import { panelPlugin } from './plugins/panel';
import { runningPlugin } from './plugins/running';
import { snippetsPlugin } from './plugins/snippets';
import { viewsPlugin } from './plugins/views';

export * from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  managerPlugin,
  panelPlugin,
  commandsPlugin,
  gatewaysPlugin,
  snippetsPlugin,
  viewsPlugin,
  dragPlugin,
  runningPlugin,
  palettePlugin
];

export default plugins;
