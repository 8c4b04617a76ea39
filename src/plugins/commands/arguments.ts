// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSONObject } from '@lumino/coreutils';

// The highest number of workers that the server takes (pccompute_ext/models.py).
const MAX_WORKERS = 10_000;

/** A JSON Schema for the arguments of a command, as `describedBy` takes it. */
export function args(
  properties: JSONObject,
  required: string[] = []
): { args: JSONObject } {
  return { args: { type: 'object', properties, required } };
}

/** The arguments that say which cluster a command is about. */
export function clusterArguments(trans: TranslationBundle): JSONObject {
  return {
    id: {
      type: 'string',
      pattern: '^[0-9a-f]{16}$',
      description: trans.__(
        'The id of the cluster; without it, the command asks which one.'
      )
    },
    contextMenu: {
      type: 'boolean',
      description: trans.__(
        'True from the context menu of a cluster’s card: then that cluster is meant.'
      )
    }
  };
}

export function backendArgument(trans: TranslationBundle): JSONObject {
  return {
    type: 'string',
    description: trans.__(
      'The id of the backend; without it, the command asks which one.'
    )
  };
}

export function labelArgument(trans: TranslationBundle): JSONObject {
  return {
    type: ['string', 'null'],
    minLength: 1,
    maxLength: 80,
    description: trans.__('The name that is shown for the cluster.')
  };
}

/** A fixed number of workers. */
export function manualArguments(trans: TranslationBundle): JSONObject {
  return {
    count: {
      type: 'integer',
      minimum: 0,
      maximum: MAX_WORKERS,
      description: trans.__('How many workers the cluster shall have.')
    }
  };
}

/** The bounds between which a cluster sizes itself. */
export function adaptiveArguments(trans: TranslationBundle): JSONObject {
  return {
    minimum: {
      type: 'integer',
      minimum: 0,
      maximum: MAX_WORKERS,
      default: 0,
      description: trans.__('The fewest workers; not above the maximum.')
    },
    maximum: {
      type: 'integer',
      minimum: 1,
      maximum: MAX_WORKERS,
      description: trans.__('The most workers.')
    }
  };
}

export function scalingArgument(trans: TranslationBundle): JSONObject {
  return {
    description: trans.__('The size that the cluster starts with.'),
    oneOf: [
      {
        type: 'object',
        properties: { mode: { const: 'manual' }, ...manualArguments(trans) },
        required: ['mode', 'count']
      },
      {
        type: 'object',
        properties: {
          mode: { const: 'adaptive' },
          ...adaptiveArguments(trans)
        },
        required: ['mode', 'maximum']
      }
    ]
  };
}
