// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ICodeCell } from '@jupyterlab/nbformat';
import { PromiseDelegate } from '@lumino/coreutils';
import type { Drag } from '@lumino/dragdrop';
import type { Snippet } from '../_schema';
import type { IDraggedCode } from '../plugins/drag/snippetdrag';
import { SnippetDrag } from '../plugins/drag/snippetdrag';
import { settled } from './fakeserver';

/** The drags that were started; each ends as if it had been dropped on a notebook. */
const drags: Drag.IOptions[] = [];

jest.mock('@lumino/dragdrop', () => ({
  Drag: class {
    constructor(options: Drag.IOptions) {
      drags.push(options);
    }
    start() {
      return Promise.resolve('copy');
    }
    dispose() {
      return undefined;
    }
  }
}));

const ID = '00000000000000a1';
const SNIPPET: Snippet = {
  id: 'connect',
  title: 'Connect',
  description: '',
  language: 'python',
  code: 'client',
  filename: null,
  links: [],
  names: { cluster: 'cluster', client: 'client' }
};
const CODE: IDraggedCode = {
  snippet: SNIPPET,
  origin: {
    cluster: ID,
    way: 'connect',
    backend: 'hub',
    label: null,
    options: {},
    scaling: null,
    names: SNIPPET.names
  }
};

describe('dragging a cluster’s code', () => {
  let node: HTMLElement;
  let drag: SnippetDrag;
  let dropped: string[];
  let codeOf: jest.Mock;

  const fire = (target: EventTarget, type: string, clientX: number) =>
    target.dispatchEvent(
      new MouseEvent(type, { bubbles: true, clientX, clientY: 0, button: 0 })
    );
  const handle = () => node.querySelector('button')!;

  beforeEach(() => {
    drags.length = 0;
    dropped = [];
    node = document.createElement('div');
    node.innerHTML = `<article data-cluster="${ID}"><p>text</p><div data-pccompute-drag=""><button></button></div></article>`;
    document.body.append(node);
    codeOf = jest.fn(() => Promise.resolve(CODE));
    drag = new SnippetDrag({
      node,
      codeOf,
      onDropped: cell => dropped.push(cell)
    });
  });

  afterEach(() => {
    drag.dispose();
    node.remove();
  });

  it('takes a cell along that notebooks accept, and tells which one was dropped', async () => {
    fire(handle(), 'pointerdown', 0);
    fire(document, 'pointermove', 20);
    await settled();
    expect(codeOf).toHaveBeenCalledWith(ID);
    const { mimeData } = drags[0];
    expect(mimeData.getData('text/plain')).toBe('client');
    const [cell] = mimeData.getData(
      'application/vnd.jupyter.cells'
    ) as ICodeCell[];
    expect(cell).toMatchObject({
      cell_type: 'code',
      source: 'client',
      metadata: { pccompute: { cluster: ID, way: 'connect' } }
    });
    expect(dropped).toEqual([cell.id]);
  });

  it('begins only after some way', async () => {
    fire(handle(), 'pointerdown', 0);
    fire(document, 'pointermove', 2);
    fire(document, 'pointerup', 2);
    fire(document, 'pointermove', 50);
    await settled();
    expect(drags).toHaveLength(0);
  });

  it('begins only at a handle', async () => {
    fire(node.querySelector('p')!, 'pointerdown', 0);
    fire(document, 'pointermove', 50);
    await settled();
    expect(codeOf).not.toHaveBeenCalled();
  });

  it('does not begin once the button is up, though the code comes then', async () => {
    const late = new PromiseDelegate<IDraggedCode>();
    codeOf.mockReturnValue(late.promise);
    fire(handle(), 'pointerdown', 0);
    fire(document, 'pointermove', 50);
    fire(document, 'pointerup', 50);
    late.resolve(CODE);
    await settled();
    expect(drags).toHaveLength(0);
  });

  it('does not begin where there is no code yet', async () => {
    codeOf.mockReturnValue(Promise.reject(new Error('It has no name yet')));
    fire(handle(), 'pointerdown', 0);
    fire(document, 'pointermove', 50);
    await settled();
    expect(drags).toHaveLength(0);
  });
});
