import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';

/** Marks that the extension is there; the real plugins take its place. */
const hello: JupyterFrontEndPlugin<void> = {
  id: 'pccompute-ext:hello',
  description: 'Shows that the extension is loaded.',
  autoStart: true,
  activate: (_app: JupyterFrontEnd) => undefined
};

export default [hello];
