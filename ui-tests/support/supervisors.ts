import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a supervisor writes down of itself. */
interface IState {
  pid: number;
}

/** The processes beside a Jupyter server that run own clusters, by what they write into its data directory. */
export class Supervisors {
  constructor(data: string) {
    this._directory = path.join(data, 'pccompute', 'own');
  }

  /** Kill the only one of a backend, so that it can't clean up. */
  kill(backend: string): void {
    const clusters = path.join(this._directory, backend);
    const names = readdirSync(clusters);
    if (names.length !== 1) {
      throw new Error(`${names.length} clusters instead of one`);
    }
    const state = path.join(clusters, names[0], 'state.json');
    const { pid } = JSON.parse(readFileSync(state, 'utf8')) as IState;
    process.kill(pid, 'SIGKILL');
  }

  private readonly _directory: string;
}
