// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Clipboard, Dialog } from '@jupyterlab/apputils';
import type { IStateDB } from '@jupyterlab/statedb';
import { type ITranslator, nullTranslator } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { type ISignal, Signal } from '@lumino/signaling';
import React from 'react';
import type { CreateCluster } from '../_schema';
import type { IClusterManager } from '../tokens';
import { localLast } from './backendorder';
import { TRANSLATION_DOMAIN } from './context';
import { LastChoices } from './lastchoices';
import { type INewClusterFormProps, NewClusterForm } from './newclusterform';
import type { HighlightCode } from './ways/codeblock';

/** Options of `openNewClusterDialog`. */
export interface INewClusterDialogOptions {
  manager: IClusterManager;
  /** The backend to start with; else that of `initial`, else the first that is ready. */
  backend?: string;
  /** A request to start from, such as one that was refused. */
  initial?: CreateCluster;
  /** Why the backend refused it, in its words. */
  error?: string;
  translator?: ITranslator;
  /** Colours code as JupyterLab does; without it, code is plain. */
  highlight?: HighlightCode | null;
  /** Called after the dialog was closed to insert the code that makes the cluster instead. */
  onInsert: (request: CreateCluster) => void;
  /** Where the last choices are kept; without it they are forgotten. */
  stateDB?: IStateDB | null;
}

/**
 * Ask for everything that a new cluster needs.
 *
 * @returns The request, or null if the person changed their mind. Nothing is sent yet.
 */
export async function openNewClusterDialog(
  options: INewClusterDialogOptions
): Promise<CreateCluster | null> {
  const { manager, initial } = options;
  const trans = (options.translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
  const backends = localLast(manager.backends);
  const first = backends.find(({ state }) => state === 'ready');
  const backend =
    initial?.backend ?? options.backend ?? (first ?? backends[0])?.id;
  const lastChoices = new LastChoices(options.stateDB);

  const body = new NewClusterBody({
    manager,
    lastChoices,
    initial: initial ?? { backend: backend ?? '' },
    error: options.error,
    code: {
      load: async request => {
        const [first] = await manager.newClusterSnippets(request);
        return first;
      },
      copy: ({ code }) => Clipboard.copyToSystem(code),
      insert: request => {
        dialog.reject();
        options.onInsert(request);
      },
      highlight: options.highlight ?? null
    },
    trans
  });
  const dialog = new NewClusterDialog(body, {
    title: trans.__('New cluster'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Create') })
    ],
    focusNodeSelector: '.jp-PccomputeNewCluster-name'
  });
  const { button, value } = await dialog.launch();
  if (!button.accept || !value) {
    return null;
  }
  await lastChoices.save(value);
  return value;
}

/** The form as the body of a dialog. */
class NewClusterBody
  extends ReactWidget
  implements Dialog.IBodyWidget<CreateCluster | null>
{
  constructor(props: Omit<INewClusterFormProps, 'onChange'>) {
    super();
    this._props = props;
    this.addClass('jp-PccomputeNewCluster-body');
  }

  /** The request as it stands; null while it can't be sent. */
  getValue(): CreateCluster | null {
    return this._request;
  }

  /** Emitted when the request has changed. */
  get requestChanged(): ISignal<this, void> {
    return this._requestChanged;
  }

  protected override render(): JSX.Element {
    return <NewClusterForm {...this._props} onChange={this._onChange} />;
  }

  private _onChange = (request: CreateCluster | null): void => {
    this._request = request;
    this._requestChanged.emit();
  };

  private _request: CreateCluster | null = null;
  private readonly _requestChanged = new Signal<this, void>(this);
  private readonly _props: Omit<INewClusterFormProps, 'onChange'>;
}

/** Whether an element is a field with an open list of suggestions. */
function suggests(element: Element | null): boolean {
  return (
    element?.getAttribute('role') === 'combobox' &&
    element.getAttribute('aria-expanded') === 'true'
  );
}

/** The button that creates, among the dialog's two. */
const CREATE = 1;

/** A dialog that can be accepted only while its body has a request. */
class NewClusterDialog extends Dialog<CreateCluster | null> {
  constructor(
    private readonly _content: NewClusterBody,
    options: Partial<Dialog.IOptions<CreateCluster | null>>
  ) {
    super({ ...options, body: _content });
    this.addClass('jp-PccomputeNewCluster');
    _content.requestChanged.connect(this._update, this);
    this._update();
  }

  override handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.key === 'Enter') {
      const { activeElement } = document;
      if (
        event.isComposing ||
        (activeElement?.matches('button, summary') &&
          this._content.node.contains(activeElement))
      ) {
        // Enter belongs to the input method, or presses the button of the form, or unfolds a part of it.
        return;
      }
    }
    if (
      event instanceof KeyboardEvent &&
      event.key !== 'Tab' &&
      suggests(document.activeElement)
    ) {
      // It belongs to the open list: Escape closes that, and not the dialog.
      return;
    }
    super.handleEvent(event);
    if (event.type === 'input') {
      // The base class has just enabled the button by rules of its own.
      this._update();
    }
  }

  override resolve(index: number = CREATE): void {
    if (index !== CREATE || this._content.getValue() !== null) {
      super.resolve(index);
    }
  }

  private _update(): void {
    const create = this.node.querySelector<HTMLButtonElement>(
      '.jp-Dialog-footer .jp-mod-accept'
    );
    if (create) {
      create.disabled = this._content.getValue() === null;
    }
  }
}
