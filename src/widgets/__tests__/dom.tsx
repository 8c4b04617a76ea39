// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { nullTranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import {
  configure,
  fireEvent,
  render,
  type RenderResult,
  screen
} from '@testing-library/react';
import { toHaveNoViolations } from 'jest-axe';
import React from 'react';
import { type IPanelContext, PanelContext } from '../context';
import { KernelConnections } from '../kernelconnections';
import { emptyManager, type FakeManager } from './fakemanager';

expect.extend(toHaveNoViolations);

// Generous: other work may share the machine.
configure({ asyncUtilTimeout: 20_000 });

// What browsers have and jsdom lacks: the slider follows pointers and measures its thumbs.
class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
class FakePointerEvent extends MouseEvent {
  readonly pointerId = 1;
}
Object.assign(window, {
  ResizeObserver: StillObserver,
  PointerEvent: FakePointerEvent
});
const captured = new WeakSet<Element>();
Object.assign(Element.prototype, {
  setPointerCapture(this: Element) {
    captured.add(this);
  },
  hasPointerCapture(this: Element) {
    return captured.has(this);
  },
  releasePointerCapture(this: Element) {
    captured.delete(this);
    fireEvent.lostPointerCapture(this);
  }
});

/** The words of the tests: untranslated. */
export const trans = nullTranslator.load('pccompute_ext');

const emptyHistory: IPanelContext['history'] = { samples: () => [] };

/** An element inside a panel that is in sight. */
export function inPanel(
  element: JSX.Element,
  commands: CommandRegistry,
  manager: FakeManager = emptyManager(),
  history: IPanelContext['history'] = emptyHistory,
  connections = new KernelConnections()
): JSX.Element {
  const context = {
    manager,
    commands,
    trans,
    history,
    connections,
    visible: true
  };
  return (
    <PanelContext.Provider value={context}>{element}</PanelContext.Provider>
  );
}

/** Render an element inside a panel that is in sight. */
export function renderInPanel(
  element: JSX.Element,
  commands: CommandRegistry,
  manager?: FakeManager
): RenderResult {
  return render(inPanel(element, commands, manager));
}

/** Drags over a slider whose upper end is `end`; only the last step of `through` is where the thumb is released. */
export class Drag {
  constructor(container: HTMLElement, end: number) {
    const slider = container.querySelector<HTMLElement>('.jp-PccomputeSlider');
    if (!slider) {
      throw new Error('There is no slider');
    }
    this._slider = slider;
    this._end = end;
    slider.getBoundingClientRect = () =>
      ({ left: 0, width: WIDTH, top: 0, height: 20 }) as DOMRect;
  }

  press(value: number): this {
    fireEvent.pointerDown(this._slider, this._at(value));
    return this;
  }
  moveTo(value: number): this {
    fireEvent.pointerMove(this._slider, this._at(value));
    return this;
  }
  release(): this {
    fireEvent.pointerUp(this._slider);
    return this;
  }

  private _at(value: number): { clientX: number; button: number } {
    return { clientX: (value / this._end) * WIDTH, button: 0 };
  }

  private readonly _slider: HTMLElement;
  private readonly _end: number;
}

const WIDTH = 1000;

/** Choose an entry of the open menu with the keyboard. */
export function chooseInMenu(label: string): void {
  const menu = screen.getByRole('menu');
  const active = () => menu.querySelector('.lm-mod-active')?.textContent ?? '';
  let tries = screen.getAllByRole('menuitem').length;
  while (!active().includes(label) && tries-- > 0) {
    fireEvent.keyDown(menu, { key: 'ArrowDown', keyCode: 40 });
    MessageLoop.flush();
  }
  expect(active()).toContain(label);
  fireEvent.keyDown(menu, { key: 'Enter', keyCode: 13 });
}
