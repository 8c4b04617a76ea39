// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type {
  ILabShell,
  ILayoutRestorer,
  JupyterFrontEnd
} from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';

/** What identifies a view, and opens it again: the arguments of its command. */
export interface IViewArguments extends ReadonlyPartialJSONObject {
  id: string;
  plot?: string;
}

/** The views of one kind that are open: each is opened once, and again after a reload of the page. */
export class Views<T extends Widget> {
  constructor(private readonly _options: Views.IOptions<T>) {
    const { namespace, restorer, command } = _options;
    this._tracker = new WidgetTracker<T>({ namespace });
    void restorer?.restore(this._tracker, {
      command,
      args: view => _options.argumentsOf(view),
      name: view => keyOf(_options.argumentsOf(view))
    });
  }

  /** Show the view with these arguments, which may be open already. */
  async show(args: IViewArguments): Promise<T> {
    const { app, labShell, namespace } = this._options;
    const key = keyOf(args);
    let view = this._tracker.find(
      each => keyOf(this._options.argumentsOf(each)) === key
    );
    if (!view) {
      view = this._options.make(args);
      view.id = `${namespace}-${key.replace(/[^\w-]/g, '-')}`;
      await this._tracker.add(view);
    }
    if (!view.isAttached) {
      // Where the main area holds a single document, as in Jupyter Notebook, there is room below it.
      app.shell.add(view, labShell ? 'main' : 'down', {
        type: 'Compute'
      });
    }
    app.shell.activateById(view.id);
    return view;
  }

  private readonly _tracker: WidgetTracker<T>;
}

function keyOf({ id, plot }: IViewArguments): string {
  return plot === undefined ? id : `${id}:${plot}`;
}

/** The namespace of `Views`. */
export namespace Views {
  /** How views of a kind are made, and told apart. */
  export interface IOptions<T extends Widget> {
    app: JupyterFrontEnd;
    labShell: ILabShell | null;
    restorer: ILayoutRestorer | null;
    /** A name of their own, for the layout that is saved. */
    namespace: string;
    /** The command that opens one. */
    command: string;
    make: (args: IViewArguments) => T;
    argumentsOf: (view: T) => IViewArguments;
  }
}
