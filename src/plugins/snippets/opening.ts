// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ConsolePanel } from '@jupyterlab/console';
import type { CodeCell } from '@jupyterlab/cells';
import type { KernelSpec } from '@jupyterlab/services';
import type { Snippet } from '../../_schema';
import { insertIntoPrompt, snippetCell } from '../../insertion';
import { newId } from '../../newid';
import type { ISnippetOrigin } from '../../origin';
import type { IRecent } from '../recent';

/** The name of the spec of a kernel that speaks `language`: the default one where it does. */
export function kernelFor(
  specs: KernelSpec.ISpecModels | null,
  language: string
): KernelSpec.ISpecModel | null {
  const speaks = (spec: KernelSpec.ISpecModel | undefined) =>
    spec?.language.toLowerCase() === language;
  const preferred = specs?.kernelspecs[specs.default];
  if (preferred && speaks(preferred)) {
    return preferred;
  }
  return Object.values(specs?.kernelspecs ?? {}).find(speaks) ?? null;
}

/**
 * Open a new notebook, whose only cell is the snippet, in a folder.
 *
 * The file is written first and then opened: so it also works where a notebook
 * opens in a tab of its own, as in Jupyter Notebook.
 */
export async function openNotebookWith(
  app: JupyterFrontEnd,
  folder: string,
  snippet: Snippet,
  origin: ISnippetOrigin,
  recent: IRecent
): Promise<void> {
  const { contents, kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const spec = kernelFor(kernelspecs.specs, snippet.language);
  const { path } = await contents.newUntitled({
    path: folder,
    type: 'notebook'
  });
  await contents.save(path, {
    type: 'notebook',
    format: 'json',
    content: {
      cells: [
        // The id is the cell's place in a notebook of version 4.5, and there is no other yet.
        { id: origin.cluster ?? newId(), ...snippetCell(snippet.code, origin) }
      ],
      metadata: spec
        ? {
            kernelspec: {
              name: spec.name,
              display_name: spec.display_name,
              language: spec.language
            }
          }
        : {},
      nbformat: 4,
      nbformat_minor: 5
    }
  });
  recent.notebooks.add(path);
  await app.commands.execute('docmanager:open', { path });
}

/** Whether `openConsoleWith` can do anything here. */
export function canOpenConsole(app: JupyterFrontEnd): boolean {
  return app.commands.hasCommand('console:create');
}

/** Open a new console with the snippet at its prompt. */
export async function openConsoleWith(
  app: JupyterFrontEnd,
  snippet: Snippet
): Promise<void> {
  const { kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const spec = kernelFor(kernelspecs.specs, snippet.language);
  const panel = (await app.commands.execute('console:create', {
    activate: true,
    kernelPreference: { name: spec?.name, language: snippet.language }
  })) as ConsolePanel;
  insertIntoPrompt(await promptOf(panel), snippet.code);
}

/** A console's prompt, which is there once the kernel has answered. */
export async function promptOf(panel: ConsolePanel): Promise<CodeCell> {
  const { console: widget } = panel;
  return (
    widget.promptCell ??
    new Promise(resolve => {
      const onCreated = (_: unknown, cell: CodeCell) => {
        widget.promptCellCreated.disconnect(onCreated);
        resolve(cell);
      };
      widget.promptCellCreated.connect(onCreated);
    })
  );
}
