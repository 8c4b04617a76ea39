import type { Page } from '@playwright/test';

/** The media type of answers that the page reads as they come. */
export const STREAMED = 'application/x-ndjson';

/**
 * The answers that a page reads as a stream, by the path of their address.
 *
 * Chromium calls such a request broken off once the page has read it to its
 * end, and then keeps nothing of it: so the page itself hands on a copy.
 */
export class Streamed {
  /** Begin before the page is loaded. */
  constructor(page: Page) {
    this._ready = Promise.all([
      page.exposeFunction('pccomputeStreamed', (path: string, text: string) => {
        this._answer(path).resolve(text);
      }),
      page.addInitScript(copyStreamed, STREAMED)
    ]);
  }

  /** The whole of the last answer, once the page has read it. */
  async text(path: string): Promise<string> {
    await this._ready;
    return this._answer(path).promise;
  }

  private _answer(path: string): IAnswer {
    const known = this._answers.get(path) ?? newAnswer();
    this._answers.set(path, known);
    return known;
  }

  private readonly _ready: Promise<unknown>;
  private readonly _answers = new Map<string, IAnswer>();
}

interface IAnswer {
  promise: Promise<string>;
  resolve: (text: string) => void;
}

function newAnswer(): IAnswer {
  let resolve: IAnswer['resolve'] = () => undefined;
  const promise = new Promise<string>(set => {
    resolve = set;
  });
  return { promise, resolve };
}

/** Runs in the page, before all else there. */
function copyStreamed(type: string): void {
  const original = window.fetch;
  window.fetch = async (...request) => {
    const response = await original(...request);
    if (response.headers.get('Content-Type')?.includes(type)) {
      const { pathname } = new URL(response.url);
      const { pccomputeStreamed: tell } = window as unknown as {
        pccomputeStreamed: (path: string, text: string) => void;
      };
      void response
        .clone()
        .text()
        .then(text => tell(pathname, text));
    }
    return response;
  };
}
