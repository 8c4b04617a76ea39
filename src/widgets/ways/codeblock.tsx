// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import React from 'react';

/** Puts code, coloured by its language, into an empty element. */
export type HighlightCode = (
  code: string,
  language: string,
  node: HTMLElement
) => Promise<void>;

/** Properties of `CodeBlock`. */
export interface ICodeBlockProps {
  code: string;
  language: string;
  /** What screen readers say that it is. */
  label: string;
  /** null where nothing can colour code: then it is plain. */
  highlight: HighlightCode | null;
  /** Whether it is about to be replaced. */
  busy?: boolean;
}

/** Code to read and to copy. The keyboard reaches it, to scroll it. */
export function CodeBlock(props: ICodeBlockProps): JSX.Element {
  const { code, language, highlight } = props;
  const node = React.useRef<HTMLElement>(null);
  React.useLayoutEffect(() => {
    let shown = true;
    node.current?.replaceChildren(code);
    const coloured = document.createElement('code');
    highlight?.(code, language, coloured).then(
      () => {
        if (shown) {
          node.current?.replaceChildren(...coloured.childNodes);
        }
      },
      (reason: unknown) => {
        console.warn(`Code in ${language} could not be coloured:`, reason);
      }
    );
    return () => {
      shown = false;
    };
  }, [code, language, highlight]);
  return (
    <pre
      className={`jp-PccomputeCode jp-mod-${language}`}
      role="region"
      aria-label={props.label}
      aria-busy={props.busy || undefined}
      tabIndex={0}
    >
      <code ref={node} />
    </pre>
  );
}
