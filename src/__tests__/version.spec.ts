// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { version } from '../../package.json';
import { compatible } from '../manager/link';
import { VERSION } from '../version';

describe('the version', () => {
  it('is that of the package', () => {
    expect(VERSION).toBe(version);
  });

  it.each([
    ['0.1.0', '0.1.7', true],
    ['0.1.0', '0.2.0', false],
    ['1.2.0', '1.9.3', true],
    ['1.2.0', '2.0.0', false]
  ])('%s with %s of the server: %s', (own, server, fits) => {
    expect(compatible(own, server)).toBe(fits);
  });
});
