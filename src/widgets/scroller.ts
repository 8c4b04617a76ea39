// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** The box in which the lists of the panel scroll, all together; null until it is in the page. */
export const ScrollerContext = React.createContext<HTMLElement | null>(null);
