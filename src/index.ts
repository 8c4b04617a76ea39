// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './plugins/commands';
import { connectionsPlugin } from './plugins/connections';
import { dragPlugin } from './plugins/drag';
import { gatewaysPlugin } from './plugins/gateways';
import { kernelsPlugin } from './plugins/kernels';
import { managerPlugin } from './plugins/manager';
import { palettePlugin } from './plugins/palette';
import { panelPlugin } from './plugins/panel';
import { recentPlugin } from './plugins/recent';
import { runningPlugin } from './plugins/running';
import { snippetsPlugin } from './plugins/snippets';
import { versionsPlugin } from './plugins/versions';
import { viewsPlugin } from './plugins/views';

export * from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  managerPlugin,
  recentPlugin,
  connectionsPlugin,
  panelPlugin,
  commandsPlugin,
  gatewaysPlugin,
  snippetsPlugin,
  kernelsPlugin,
  versionsPlugin,
  viewsPlugin,
  dragPlugin,
  runningPlugin,
  palettePlugin
];

export default plugins;
