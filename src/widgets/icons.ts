// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { LabIcon } from '@jupyterlab/ui-components';
import computeSvg from '../../style/icons/compute.svg';

/** The mark of the compute panel: in the sidebar, the palette and the menus. */
export const computeIcon = new LabIcon({
  name: 'pccompute-ext:compute',
  svgstr: computeSvg
});
