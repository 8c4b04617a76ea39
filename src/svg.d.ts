// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

declare module '*.svg' {
  const svgstr: string;
  export default svgstr;
}
