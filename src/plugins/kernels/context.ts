// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { KernelConnections } from '../../widgets/kernelconnections';
import type { ISnippetContext } from '../snippets/context';

/** What connects kernels. */
export interface IKernelContext extends Omit<
  ISnippetContext,
  'browser' | 'highlight'
> {
  readonly connections: KernelConnections;
}
