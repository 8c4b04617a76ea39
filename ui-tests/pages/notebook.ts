import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect, type Locator, type Page } from '@playwright/test';

/** The notebook in front, as it looks. */
export class ShownNotebook {
  constructor(page: Page | IJupyterLabPageFixture) {
    this.root = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');
  }

  readonly root: Locator;

  get cells(): Locator {
    return this.root.locator('.jp-Cell');
  }

  /** The cells with the code that connects to a cluster. */
  get connections(): Locator {
    return this.cells.filter({ hasText: 'client = cluster.get_client()' });
  }

  async waitForKernel(): Promise<void> {
    await this.root
      .locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
      .waitFor({ timeout: 90_000 });
  }

  async expectOutput(index: number, output: string | RegExp): Promise<void> {
    await expect(
      this.cells.nth(index).locator('.jp-Cell-outputArea')
    ).toContainText(output, { timeout: 90_000 });
  }
}

/** The notebook in front, used with galata's help. */
export class Notebook extends ShownNotebook {
  constructor(private readonly _page: IJupyterLabPageFixture) {
    super(_page);
  }

  /** Open a new one, and wait for its kernel. */
  async create(): Promise<void> {
    await this._page.notebook.createNew();
    await this.waitForKernel();
    await expect(this.cells).toHaveCount(1);
  }

  /** Its path on the server. */
  async path(): Promise<string> {
    return this._page.evaluate(
      () =>
        (window.jupyterapp.shell.currentWidget as unknown as IDocument).context
          .path
    );
  }

  /** Close it, saved and with all kernels shut down; the next one to open it gets a new kernel. */
  async saveAndShutDown(): Promise<void> {
    await this._page.notebook.save();
    await this._page.activity.closeAll();
    await expect(this.root).toHaveCount(0);
    await this._page.evaluate(() =>
      window.jupyterapp.serviceManager.sessions.shutdownAll()
    );
  }

  async open(path: string): Promise<void> {
    await this._page.evaluate(async name => {
      await window.jupyterapp.commands.execute('docmanager:open', {
        path: name
      });
    }, path);
    await this.waitForKernel();
  }

  /** Put old code into the cell of a snippet, as if that had been inserted when the code was another. */
  async age(index: number, code: string): Promise<void> {
    await this._page.evaluate(
      ([at, source, digest]) => {
        const { context } = window.jupyterapp.shell
          .currentWidget as unknown as IDocument;
        const cell = context.model.sharedModel.cells[Number(at)];
        cell.transact(() => {
          cell.setSource(String(source));
          cell.setMetadata('pccompute', {
            ...cell.getMetadata('pccompute'),
            digest
          });
        }, false);
      },
      [index, code, digestOf(code)]
    );
  }

  /** Let nothing be written into it, as where its file can't be. */
  async lock(): Promise<void> {
    await this._page.evaluate(() => {
      const { context } = window.jupyterapp.shell
        .currentWidget as unknown as IDocument;
      context.model.readOnly = true;
    });
  }

  /** Write into a cell at the end. */
  async append(code: string): Promise<void> {
    await this._page.notebook.addCell('code', code);
  }

  /** Run a cell, and expect its output. */
  async run(index: number, output: string | RegExp): Promise<void> {
    await this._page.notebook.runCell(index, true);
    await this.expectOutput(index, output);
  }
}

/** What tests use of a notebook's own model. */
interface IDocument {
  context: {
    path: string;
    model: { readOnly: boolean; sharedModel: { cells: ISharedCell[] } };
  };
}

interface ISharedCell {
  transact(change: () => void, undoable: boolean): void;
  setSource(source: string): void;
  getMetadata(key: string): Record<string, unknown>;
  setMetadata(key: string, value: unknown): void;
}

/** The note of a cell's code by which a change is found out. */
function digestOf(source: string): string {
  let hash = 0x811c9dc5;
  for (const unit of source) {
    hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193) >>> 0;
  }
  return `${source.length}-${hash.toString(16)}`;
}
