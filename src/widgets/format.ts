// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { TranslationBundle } from '@jupyterlab/translation';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Formats of numbers with at most so many decimals. Making one takes longer than all else of a row in a table. */
const NUMBERS = [0, 1, 2].map(
  digits => new Intl.NumberFormat(undefined, { maximumFractionDigits: digits })
);

/** Seconds as a clock: `0:21`, `14:05`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (part: number): string => String(part).padStart(2, '0');
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const rest = pad(whole % MINUTE);
  return hours ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Seconds as an age, in its largest unit or two: `under 1 min`, `14 min`, `2 h 5 min`, `3 d 4 h`. */
export function formatAge(seconds: number, trans: TranslationBundle): string {
  if (seconds < MINUTE) {
    return trans.__('under 1 min');
  }
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  if (days) {
    return hours ? trans.__('%1 d %2 h', days, hours) : trans.__('%1 d', days);
  }
  if (hours) {
    return minutes
      ? trans.__('%1 h %2 min', hours, minutes)
      : trans.__('%1 h', hours);
  }
  return trans.__('%1 min', minutes);
}

/** A count with the separators of the reader's language. */
export function formatCount(count: number): string {
  return NUMBERS[0].format(count);
}

/** Cores, which may be fractions: at most one decimal. */
export function formatCores(cores: number): string {
  return NUMBERS[1].format(cores);
}

/** An amount of money, with the digits that matter: `0.045 USD`, `12.50 USD`. The currency never stands in a line of its own. */
export function formatMoney(amount: number, currency: string): string {
  const small = amount >= 0.001 && amount < 0.1;
  const number = amount.toLocaleString(undefined, {
    minimumFractionDigits: small ? 3 : 2,
    maximumFractionDigits: small ? 3 : 2
  });
  return `${number}\u00a0${currency}`;
}

/** Bytes in the largest binary unit of which there is at least one, with three digits that count. The unit never stands in a line of its own. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${NUMBERS[digits].format(value)}\u00a0${UNITS[unit]}`;
}
