// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { ICell } from '@jupyterlab/nbformat';
import type { IDisposable } from '@lumino/disposable';
import { MimeData, UUID } from '@lumino/coreutils';
import { Drag } from '@lumino/dragdrop';
import type { Snippet } from '../../_schema';
import { snippetCell } from '../../insertion';
import type { ISnippetOrigin } from '../../origin';

/** The type of data that notebooks take as cells. */
const CELLS = 'application/vnd.jupyter.cells';

/** How far, in pixels, the pointer goes before a press becomes a drag. */
const THRESHOLD = 5;

/** What is dragged. */
export interface IDraggedCode {
  readonly snippet: Snippet;
  readonly origin: ISnippetOrigin;
}

/** A press on a handle that may become a drag. */
interface IPress {
  readonly cluster: string;
  readonly startX: number;
  readonly startY: number;
  /** Asked for as soon as the button is down, so that it is there when the drag begins. */
  readonly code: Promise<IDraggedCode | null>;
  x: number;
  y: number;
  moved: boolean;
}

/**
 * Makes the elements with `data-pccompute-drag` in a node handles, by which the
 * code of the cluster around them (`data-cluster`) is dragged to a place between
 * a notebook's cells, or as text to wherever text is taken.
 */
export class SnippetDrag implements IDisposable {
  constructor(private readonly _options: SnippetDrag.IOptions) {
    _options.node.addEventListener('pointerdown', this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._options.node.removeEventListener('pointerdown', this);
    this._release();
  }

  handleEvent(event: PointerEvent): void {
    switch (event.type) {
      case 'pointerdown':
        this._onDown(event);
        break;
      case 'pointermove':
        this._onMove(event);
        break;
      default:
        this._release();
    }
  }

  private _onDown(event: PointerEvent): void {
    const handle = (event.target as Element).closest('[data-pccompute-drag]');
    const card = handle?.closest<HTMLElement>('[data-cluster]');
    const cluster = card?.dataset['cluster'];
    if (event.button !== 0 || !cluster) {
      return;
    }
    this._release();
    this._press = {
      cluster,
      startX: event.clientX,
      startY: event.clientY,
      // Not yet, or not any more: then there is nothing to drag.
      code: this._options.codeOf(cluster).catch(() => null),
      x: event.clientX,
      y: event.clientY,
      moved: false
    };
    for (const type of DURING_PRESS) {
      document.addEventListener(type, this, true);
    }
  }

  private _onMove(event: PointerEvent): void {
    const press = this._press;
    if (!press) {
      return;
    }
    press.x = event.clientX;
    press.y = event.clientY;
    const distance = Math.max(
      Math.abs(press.x - press.startX),
      Math.abs(press.y - press.startY)
    );
    if (!press.moved && distance >= THRESHOLD) {
      press.moved = true;
      void this._start(press);
    }
  }

  private async _start(press: IPress): Promise<void> {
    const code = await press.code;
    if (!code || this._press !== press) {
      return;
    }
    const { snippet, origin } = code;
    this._release();
    const cell = {
      // By its id the cell is found again where it has been dropped.
      id: UUID.uuid4(),
      ...snippetCell(snippet.code, origin)
    };
    const mimeData = new MimeData();
    mimeData.setData(CELLS, [cell] as ICell[]);
    mimeData.setData('text/plain', snippet.code);
    const drag = new Drag({
      mimeData,
      dragImage: image(snippet.title),
      supportedActions: 'copy',
      proposedAction: 'copy',
      source: this
    });
    const action = await drag.start(press.x, press.y);
    drag.dispose();
    if (action === 'copy') {
      this._options.onDropped(cell.id);
    }
  }

  private _release(): void {
    this._press = null;
    for (const type of DURING_PRESS) {
      document.removeEventListener(type, this, true);
    }
  }

  private _press: IPress | null = null;
  private _isDisposed = false;
}

export namespace SnippetDrag {
  export interface IOptions {
    node: HTMLElement;
    /** The code of the cluster with an id. */
    codeOf: (cluster: string) => Promise<IDraggedCode | null>;
    /** Called with the id of the cell that was dragged, after it has been dropped. */
    onDropped: (cell: string) => void;
  }
}

/** What is listened to between press and drag. */
const DURING_PRESS = ['pointermove', 'pointerup', 'pointercancel'];

/** What goes along with the pointer. */
function image(title: string): HTMLElement {
  const node = document.createElement('div');
  node.className = 'jp-PccomputePanel-dragImage';
  node.textContent = title;
  return node;
}
