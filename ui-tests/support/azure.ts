import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { ROOT } from './lab';

/** What the stand-in's program prints at first. */
interface IDescription {
  /** In which processes find it, and may sign in. */
  environment: { [name: string]: string };
  /** With which a cluster fits into its subscription. */
  arguments: { [name: string]: string };
}

/** A stand-in for Azure on loopback, whose machines run real schedulers and workers. It ends with the process that started it. */
export class Azure {
  /** Start one, and wait until it answers. */
  static async start(): Promise<Azure> {
    const child = spawn('python', ['-m', 'tests.azure.stub'], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit']
    });
    const lines = createInterface(child.stdout);
    const [line] = (await once(lines, 'line')) as [string];
    return new Azure(child, lines, JSON.parse(line) as IDescription);
  }

  private constructor(
    private readonly _child: ChildProcess,
    private readonly _lines: Interface,
    private readonly _known: IDescription
  ) {}

  get environment(): IDescription['environment'] {
    return this._known.environment;
  }

  get arguments(): IDescription['arguments'] {
    return this._known.arguments;
  }

  /** What there is beyond the subscription as it was given. */
  async resources(): Promise<string[]> {
    return (await this._tell('resources')) as string[];
  }

  /** Add what a cluster leaves whose owner was forgotten; returns its resources. */
  async addLeftover(cluster: string): Promise<string[]> {
    return (await this._tell('leftover', cluster)) as string[];
  }

  /** Have a step wait, such as the start of a machine. */
  async hold(step: string): Promise<void> {
    await this._tell('hold', step);
  }

  /** Let go on what waits. */
  async release(): Promise<void> {
    await this._tell('release');
  }

  /** End it, with everything that runs in it. */
  async stop(): Promise<void> {
    const ended = once(this._child, 'exit');
    this._child.stdin!.end();
    await ended;
  }

  private async _tell(...command: string[]): Promise<unknown> {
    this._child.stdin!.write(JSON.stringify(command) + '\n');
    const [line] = (await once(this._lines, 'line')) as [string];
    const answer = JSON.parse(line) as { done?: unknown; error?: string };
    if (answer.error !== undefined) {
      throw new Error(answer.error);
    }
    return answer.done;
  }
}
