// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { HighlightCode } from '../widgets/ways/codeblock';

/** Languages that JupyterLab knows none of, and what comes closest. */
const CLOSEST: { [language: string]: string } = { fish: 'shell' };

const COLOURS = 'pccompute-code-colours';

/** Colours code with the languages that JupyterLab's editors know; null where there are none. */
export function highlighter(
  languages: IEditorLanguageRegistry | null
): HighlightCode | null {
  return (
    languages &&
    (async (code, language, node) => {
      const known = languages.findBest(CLOSEST[language] ?? language);
      await Promise.all([addColours(), languages.highlight(code, known, node)]);
    })
  );
}

/** The page gets the colours of code with its first editor, and until then from here. */
async function addColours(): Promise<void> {
  const { jupyterHighlightStyle } = await import('@jupyterlab/codemirror');
  if (!document.getElementById(COLOURS)) {
    const style = document.createElement('style');
    style.id = COLOURS;
    style.textContent = jupyterHighlightStyle.module?.getRules() ?? '';
    document.head.append(style);
  }
}
