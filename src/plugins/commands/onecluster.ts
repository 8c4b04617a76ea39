// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { LabIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { JSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Cluster } from '../../_schema';
import { args as argumentsOf, clusterArguments } from './arguments';
import { chooseCluster, hasCluster } from './choosing';
import type { IChoiceContext } from './context';

/** A command that is about one cluster. */
export interface IClusterCommand<T> {
  label: string;
  caption: string;
  icon?: LabIcon;
  /** What it takes beside the arguments that say which cluster. */
  parameters?: JSONObject;
  /** The clusters that it can be about. */
  fit: (cluster: Cluster) => boolean;
  /** Asks which of them is meant, where that is not said. */
  question: string;
  run: (cluster: Cluster, args: ReadonlyPartialJSONObject) => T | Promise<T>;
  /** What it resolves to where there is no cluster, or the user cancelled. */
  otherwise: T;
}

/** Declare a command on one cluster: enabled where there is one for it, and run with the one that its arguments or the user names. */
export function onCluster<T>(
  context: IChoiceContext,
  command: IClusterCommand<T>
): Omit<CommandRegistry.ICommandOptions, 'execute'> & {
  execute: (args: ReadonlyPartialJSONObject) => Promise<T>;
} {
  const { label, caption, icon, fit } = command;
  return {
    label,
    caption,
    icon,
    describedBy: argumentsOf({
      ...clusterArguments(context.trans),
      ...command.parameters
    }),
    isEnabled: args => hasCluster(context, args, fit),
    execute: async args => {
      const { question, run, otherwise } = command;
      const cluster = await chooseCluster(context, args, question, fit);
      return cluster ? run(cluster, args) : otherwise;
    }
  };
}
