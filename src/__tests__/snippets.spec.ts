// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { IConsoleTracker } from '@jupyterlab/console';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { KernelSpec } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { kernelFor } from '../plugins/snippets/opening';
import type { Target } from '../plugins/snippets/target';
import { currentTarget, obstacle } from '../plugins/snippets/target';

const notebook = { id: 'notebook' };
const console_ = { id: 'console' };
const tracking = (widget: object | null) => ({ currentWidget: widget });

function target(
  inFront: object | null,
  ofNotebooks: object | null,
  ofConsoles: object | null
): [string, object] | null {
  const found = currentTarget(
    tracking(inFront) as JupyterFrontEnd.IShell,
    tracking(ofNotebooks) as INotebookTracker,
    tracking(ofConsoles) as IConsoleTracker
  );
  return found && [found.kind, found.panel];
}

describe('where code goes to', () => {
  it('is the console in front', () => {
    const found = target(console_, notebook, console_);
    expect(found).toEqual(['console', console_]);
  });

  it('is else the notebook used last', () => {
    const found = target({}, notebook, console_);
    expect(found).toEqual(['notebook', notebook]);
  });

  it('is else the console used last', () => {
    expect(target({}, null, console_)).toEqual(['console', console_]);
  });

  it('is nowhere in an application without notebooks and consoles', () => {
    const shell = tracking({}) as JupyterFrontEnd.IShell;
    expect(currentTarget(shell, null, null)).toBeNull();
  });
});

describe('an obstacle', () => {
  const trans = nullTranslator.load('pccompute_ext');
  const a = (language: string, readOnly = false) =>
    ({
      kind: 'notebook',
      panel: {
        title: { label: 'a.ipynb' },
        context: { ready: Promise.resolve(), model: { readOnly } },
        sessionContext: {
          name: 'a.ipynb',
          kernelDisplayName: 'Some kernel',
          session: { kernel: { name: 'some' } },
          kernelPreference: {},
          specsManager: { specs: { kernelspecs: { some: { language } } } }
        }
      }
    }) as unknown as Target;

  it('is not there for a notebook of that language', async () => {
    expect(await obstacle(a('Python'), 'python', trans)).toBeNull();
  });

  it('is that nothing is open', async () => {
    const words = await obstacle(null, 'python', trans);
    expect(words).toBe('No notebook is open.');
  });

  it('is that a notebook is read-only', async () => {
    const words = await obstacle(a('python', true), 'python', trans);
    expect(words).toBe('The notebook a.ipynb is read-only.');
  });

  it('is another language', async () => {
    const words = await obstacle(a('R'), 'python', trans);
    expect(words).toContain('Some kernel');
  });
});

describe('the kernel for a language', () => {
  const specs = (preferred: string) =>
    ({
      default: preferred,
      kernelspecs: {
        ir: { name: 'ir', language: 'R' },
        python3: { name: 'python3', language: 'python' },
        conda: { name: 'conda', language: 'python' }
      }
    }) as unknown as KernelSpec.ISpecModels;

  it('is the default one where that speaks it', () => {
    expect(kernelFor(specs('conda'), 'python')?.name).toBe('conda');
  });

  it('is else the first that does', () => {
    expect(kernelFor(specs('ir'), 'python')?.name).toBe('python3');
  });

  it('may not be there', () => {
    expect(kernelFor(specs('ir'), 'julia')).toBeNull();
    expect(kernelFor(null, 'python')).toBeNull();
  });
});
