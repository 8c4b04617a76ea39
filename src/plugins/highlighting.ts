// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { HighlightCode } from '../widgets/ways/codeblock';

/** Languages that JupyterLab knows none of, and what comes closest. */
const CLOSEST: { [language: string]: string } = { fish: 'shell' };

/** Colours code with the languages that JupyterLab's editors know; null where there are none. */
export function highlighter(
  languages: IEditorLanguageRegistry | null
): HighlightCode | null {
  return (
    languages &&
    ((code, language, node) => {
      const known = languages.findBest(CLOSEST[language] ?? language);
      return languages.highlight(code, known, node);
    })
  );
}
