// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { OptionsForm } from '../_schema';
import type { ScalingRequest } from '../tokens';
import { formatBytes, formatCores } from './format';
import { type OptionValues, propertiesOf } from './optionsschema';
import { topOf } from './scaling';

const GIB = 2 ** 30;
const UNITS: { [unit: string]: number } = {
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  MiB: 2 ** 20,
  GiB: GIB,
  TiB: 2 ** 40
};

/** What a size means, in words: how it behaves, and what it takes at most. */
export function sizeSentence(
  scaling: ScalingRequest,
  form: OptionsForm,
  options: OptionValues,
  trans: TranslationBundle
): string {
  const behaviour =
    scaling.mode === 'adaptive'
      ? trans._n(
          'Grows to %1 worker while there is work, shrinks to %2.',
          'Grows to %1 workers while there is work, shrinks to %2.',
          scaling.maximum,
          scaling.minimum ?? 0
        )
      : trans._n(
          'Keeps %1 worker, with or without work.',
          'Keeps %1 workers, with or without work.',
          scaling.count
        );

  const top = topOf(scaling);
  const most: string[] = [];
  const cores = options['worker_cores'];
  if (typeof cores === 'number') {
    const all = top * cores;
    most.push(trans._n('%2 core', '%2 cores', all, formatCores(all)));
  }
  const memory = workerMemory(form, options);
  if (memory !== null) {
    most.push(formatBytes(top * memory));
  }
  if (most.length === 0 || top === 0) {
    return behaviour;
  }
  return trans.__('%1 At most %2.', behaviour, most.join(', '));
}

/** A worker's memory in bytes; the unit is the one in the option's title, which gateways choose freely. */
function workerMemory(form: OptionsForm, options: OptionValues): number | null {
  const amount = options['worker_memory'];
  if (typeof amount !== 'number') {
    return null;
  }
  const title = propertiesOf(form)['worker_memory']?.title ?? '';
  const unit = /\b([MGT]i?B)\b/.exec(title)?.[1];
  if (unit) {
    return amount * UNITS[unit];
  }
  // Without a unit, a small number can only be the customary GiB.
  return amount < 1e6 ? amount * GIB : amount;
}
