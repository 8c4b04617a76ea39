// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ISettingRegistry } from '@jupyterlab/settingregistry';

/** The plugin in whose schema the settings are. */
const PLUGIN = 'pccompute-ext:commands';

/** What a person wants to happen by itself when a notebook opens. */
export interface IKernelSettings {
  /** Whether kernels of new notebooks are connected without being asked. */
  readonly autoConnect: boolean;
  /** Whether a notebook that used a cluster offers to connect again. */
  readonly offerReconnect: boolean;
  stopOffering(): void;
}

/** The settings as they are now; what the schema says by itself where there are none. */
export async function loadSettings(
  registry: ISettingRegistry | null
): Promise<IKernelSettings> {
  const settings = await registry?.load(PLUGIN);
  return {
    get autoConnect() {
      return settings?.get('autoConnect').composite === true;
    },
    get offerReconnect() {
      return settings?.get('offerReconnect').composite !== false;
    },
    stopOffering: () => {
      settings?.set('offerReconnect', false).catch((reason: unknown) => {
        console.warn('The setting could not be kept:', reason);
      });
    }
  };
}
