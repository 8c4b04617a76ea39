import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The texts of all files below the folder of notebooks, those that JupyterLab hides included. */
export function notebookFiles(): string[] {
  const folder = path.join(process.env.PCCOMPUTE_UI_HOME ?? '', 'notebooks');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      readFileSync(path.join(entry.parentPath, entry.name), 'utf8')
    );
}
