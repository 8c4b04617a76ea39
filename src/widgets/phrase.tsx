// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** What stands for the element in a text, and in no language. */
export const PLACE = '\u0000';

/** A translated text with an element at the place of `PLACE`: each language puts it where it belongs. */
export function Phrase(props: {
  text: string;
  element: React.ReactNode;
}): JSX.Element {
  const [before, after = ''] = props.text.split(PLACE);
  return (
    <>
      {before}
      {props.element}
      {after}
    </>
  );
}
