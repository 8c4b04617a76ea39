// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IStateDB } from '@jupyterlab/statedb';
import type { PartialJSONValue } from '@lumino/coreutils';
import type { CreateCluster, OptionsForm } from '../_schema';
import type { ScalingRequest } from '../tokens';
import { type OptionValues, propertiesOf } from './optionsschema';
import { onlyValid } from './optionsvalidation';
import { publicOptions } from './publicoptions';
import { readScaling } from './scaling';

/** What was chosen for the last cluster on a backend. */
export interface ILastChoices {
  options: OptionValues;
  scaling: ScalingRequest | null;
}

const KEY = 'pccompute-ext:last-choices';

/** Remembers the choices for new clusters, per backend, in the workspace; nothing where there is no state database. */
export class LastChoices {
  constructor(stateDB: IStateDB | null | undefined) {
    this._stateDB = stateDB ?? null;
  }

  /** What was chosen last and still fits the form; never fails, for it is a convenience. */
  async load(backend: string, form: OptionsForm): Promise<ILastChoices> {
    const nothing: ILastChoices = { options: {}, scaling: null };
    try {
      const saved = await this._stateDB?.fetch(`${KEY}:${backend}`);
      if (!isObject(saved)) {
        return nothing;
      }
      const options = isObject(saved.options) ? saved.options : {};
      return {
        options: onlyValid(propertiesOf(form), options),
        scaling: readScaling(saved.scaling)
      };
    } catch (reason) {
      console.warn('The last choices could not be read:', reason);
      return nothing;
    }
  }

  /** Remember a request, without what may be secret. */
  async save(request: CreateCluster): Promise<void> {
    const choices = {
      options: publicOptions(request.options),
      scaling: request.scaling ?? null
    };
    try {
      await this._stateDB?.save(
        `${KEY}:${request.backend}`,
        choices as unknown as PartialJSONValue
      );
    } catch (reason) {
      console.warn('The last choices could not be kept:', reason);
    }
  }

  private readonly _stateDB: IStateDB | null;
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
