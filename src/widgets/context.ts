// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import React from 'react';
import type { IClusterManager } from '../tokens';
import type { KernelConnections } from './kernelconnections';
import type { WorkersHistory } from './workershistory';

/** The translation domain of the extension. */
export const TRANSLATION_DOMAIN = 'pccompute_ext';

/** What every part of the panel needs: words, what is known, and the one way to change things. */
export interface IPanelContext {
  /** To read from. What changes something is a command. */
  readonly manager: IClusterManager;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
  /** How many workers there were in the last minutes. */
  readonly history: Pick<WorkersHistory, 'samples'>;
  /** What became of connecting kernels to clusters. */
  readonly connections: KernelConnections;
  /** Whether somebody can see the panel; clocks stand still while nobody can. */
  readonly visible: boolean;
}

export const PanelContext = React.createContext<IPanelContext | null>(null);

/** The context of the panel around a component. */
export function usePanel(): IPanelContext {
  const context = React.useContext(PanelContext);
  if (!context) {
    throw new Error('This component belongs inside the compute panel');
  }
  return context;
}

/**
 * A function that executes a command for a button.
 *
 * The command itself tells people what went wrong; the console keeps a trace.
 */
export function useExecute(): (
  command: string,
  args?: ReadonlyPartialJSONObject
) => void {
  const { commands } = usePanel();
  return React.useCallback(
    (command, args = {}) => {
      commands.execute(command, args).catch((reason: unknown) => {
        console.warn(`The command ${command} did not succeed:`, reason);
      });
    },
    [commands]
  );
}
