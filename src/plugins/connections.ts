// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Token } from '@lumino/coreutils';
import { KernelConnections } from '../widgets/kernelconnections';

/** What became of connecting kernels to clusters, for other plugins of this extension. */
export type IKernelConnections = KernelConnections;

export const IKernelConnections = new Token<IKernelConnections>(
  'pccompute-ext:IKernelConnections',
  'What became of connecting kernels to clusters.'
);

/** Holds what became of connecting kernels. */
export const connectionsPlugin: JupyterFrontEndPlugin<IKernelConnections> = {
  id: 'pccompute-ext:connections',
  description: 'Holds what became of connecting kernels to clusters.',
  autoStart: true,
  provides: IKernelConnections,
  activate: () => new KernelConnections()
};
