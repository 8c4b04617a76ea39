// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';
import type { Cluster } from '../_schema';
import type { ScalingRequest } from '../tokens';

/** The most workers that the server takes in one request. */
export const MAX_WORKERS = 10_000;

/** From here on, growing without a known limit asks back first. */
const LARGE = 100;

/** What is in the number fields, before it is known to be sound. */
export interface IScalingDraft {
  mode: ScalingRequest['mode'];
  minimum: string;
  maximum: string;
  count: string;
}

/** Where a draft is wrong, and why. */
export interface IScalingErrors {
  minimum?: string;
  maximum?: string;
  count?: string;
}

/** The most workers that a request can lead to. */
export function topOf(scaling: ScalingRequest): number {
  return scaling.mode === 'adaptive' ? scaling.maximum : scaling.count;
}

/** A request as the values of the slider's thumbs. */
export function thumbsOf(scaling: ScalingRequest): number[] {
  return scaling.mode === 'adaptive'
    ? [scaling.minimum ?? 0, scaling.maximum]
    : [scaling.count];
}

/** The slider's thumbs as a request; an adaptive maximum stays at least 1. */
export function fromThumbs(
  mode: ScalingRequest['mode'],
  thumbs: readonly number[]
): ScalingRequest {
  return mode === 'adaptive'
    ? { mode, minimum: thumbs[0], maximum: Math.max(1, thumbs[1]) }
    : { mode, count: thumbs[0] };
}

/**
 * How a cluster scales, as a request that would change nothing.
 *
 * Where that is not known, a guess from its workers to start editing from.
 */
export function scalingOf(cluster: Cluster): ScalingRequest {
  const { scaling, workers } = cluster;
  const current = workers.requested ?? workers.ready ?? 0;
  if (scaling?.mode === 'manual') {
    return { mode: 'manual', count: scaling.count ?? current };
  }
  const minimum = scaling?.minimum ?? 0;
  const maximum = scaling?.maximum ?? Math.max(1, minimum, current);
  return { mode: 'adaptive', minimum, maximum };
}

/**
 * The upper end of the slider.
 *
 * The limit where one is known; else twice the value, so that there is room to grow and no slip of the hand asks for thousands.
 */
export function sliderEnd(limit: number | null, top: number): number {
  const end = limit ?? Math.max(10, 2 * top);
  return Math.min(MAX_WORKERS, Math.max(1, end, top));
}

/** Whether a request is so much larger than what is that it should be asked for twice. */
export function isLargeJump(
  next: ScalingRequest,
  current: ScalingRequest,
  limit: number | null
): boolean {
  return limit === null && topOf(next) > Math.max(LARGE, topOf(current));
}

/** A request in a few words: `2–20` or `4`. */
export function formatScaling(scaling: ScalingRequest): string {
  return thumbsOf(scaling).join('–');
}

/** The whole number in a field, or null. */
function wholeNumber(text: string): number | null {
  const trimmed = text.trim();
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : null;
}

/** The request in the fields, or what is wrong with them. */
export function readDraft(
  draft: IScalingDraft,
  trans: TranslationBundle
): { request: ScalingRequest } | { errors: IScalingErrors } {
  const least = (text: string, smallest: number): string | undefined => {
    const number = wholeNumber(text);
    if (number === null) {
      return trans.__('Enter a whole number');
    }
    if (number < smallest) {
      return trans.__('At least %1', smallest);
    }
    return number > MAX_WORKERS
      ? trans.__('At most %1', MAX_WORKERS.toLocaleString())
      : undefined;
  };
  if (draft.mode === 'manual') {
    const count = least(draft.count, 0);
    return count
      ? { errors: { count } }
      : { request: { mode: 'manual', count: Number(draft.count) } };
  }
  const minimum = least(draft.minimum, 0);
  const maximum = least(draft.maximum, 1);
  if (minimum || maximum) {
    return { errors: { minimum, maximum } };
  }
  if (Number(draft.minimum) > Number(draft.maximum)) {
    return {
      errors: {
        minimum: trans.__(
          'The minimum (%1) is above the maximum (%2)',
          Number(draft.minimum),
          Number(draft.maximum)
        )
      }
    };
  }
  return {
    request: {
      mode: 'adaptive',
      minimum: Number(draft.minimum),
      maximum: Number(draft.maximum)
    }
  };
}

/** A request out of what was once saved, or null where that is none. */
export function readScaling(saved: unknown): ScalingRequest | null {
  const { mode, minimum, maximum, count } = Object(saved) as {
    [key: string]: unknown;
  };
  const isWorkers = (value: unknown, least: number): value is number =>
    Number.isInteger(value) &&
    (value as number) >= least &&
    (value as number) <= MAX_WORKERS;
  if (mode === 'manual' && isWorkers(count, 0)) {
    return { mode, count };
  }
  if (
    mode === 'adaptive' &&
    isWorkers(minimum, 0) &&
    isWorkers(maximum, 1) &&
    minimum <= maximum
  ) {
    return { mode, minimum, maximum };
  }
  return null;
}

/** A request that asks for no more than the limit. */
export function within(
  scaling: ScalingRequest,
  limit: number | null
): ScalingRequest {
  if (limit === null || topOf(scaling) <= limit) {
    return scaling;
  }
  const { mode } = scaling;
  const thumbs = thumbsOf(scaling).map(value => Math.min(value, limit));
  return fromThumbs(mode, thumbs);
}
