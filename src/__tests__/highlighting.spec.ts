import { EditorLanguageRegistry } from '@jupyterlab/codemirror';
import { highlighter } from '../plugins/highlighting';

describe('the colours of code', () => {
  it('are there before any editor, and once', async () => {
    const languages = new EditorLanguageRegistry();
    EditorLanguageRegistry.getDefaultLanguages().forEach(language =>
      languages.addLanguage(language)
    );
    const highlight = highlighter(languages)!;
    for (const [code, language] of [
      ['import dask', 'python'],
      ['set -gx A 1 # note', 'fish']
    ]) {
      const node = document.createElement('code');
      await highlight(code, language, node);
      expect(node.textContent).toBe(code);
      const [{ className }] = node.querySelectorAll('span');
      const styles = [...document.head.querySelectorAll('style[id]')];
      expect(styles).toHaveLength(1);
      expect(styles[0].textContent).toContain(
        `.${className.split(' ')[0]} {color: `
      );
    }
  });

  it('are not there without languages', () => {
    expect(highlighter(null)).toBeNull();
  });
});
