import type { Page, Request, Response } from '@playwright/test';
import { STREAMED, Streamed } from './streamed';

/** Statuses of answers that have no body. */
const EMPTY = [204, 205, 304];

/** Sees all that goes to and from a page, and all that it keeps, to tell where a text was. */
export class Witness {
  /** Begin before the page is loaded: its websockets stay open. */
  constructor(private readonly _page: Page) {
    this._streamed = new Streamed(_page);
    _page.on('request', request => {
      this._follow(this._noteRequest(request));
    });
    _page.on('response', response => {
      this._follow(this._noteResponse(response));
    });
    _page.on('websocket', socket => {
      const where = `websocket ${pathOf(socket.url())}`;
      this._note(where, socket.url());
      const note = ({ payload }: { payload: string | Buffer }): void =>
        this._note(where, payload.toString());
      socket.on('framesent', note);
      socket.on('framereceived', note);
    });
    _page.on('console', message => this._note('console', message.text()));
  }

  /** Leave out what was so far; whether it could be read does not matter. */
  async forget(): Promise<void> {
    await Promise.allSettled(this._pending);
    this._pending.length = 0;
    this._seen.length = 0;
  }

  /** All places where a text was, each once: in what was sent and received, and in what the browser holds now. */
  async placesOf(text: string): Promise<string[]> {
    await Promise.all(this._pending);
    const held = Object.entries(await heldBy(this._page));
    const places = [...this._seen, ...held]
      .filter(([, content]) => content.includes(text))
      .map(([place]) => place);
    return [...new Set(places)];
  }

  private async _noteRequest(request: Request): Promise<void> {
    const where = `${request.method()} ${pathOf(request.url())}`;
    this._note(`URL of ${where}`, request.url());
    this._note(`body of ${where}`, request.postData() ?? '');
    this._note(
      `headers of ${where}`,
      JSON.stringify(await request.allHeaders())
    );
  }

  private async _noteResponse(response: Response): Promise<void> {
    const request = response.request();
    const where = `answer to ${request.method()} ${pathOf(response.url())}`;
    const headers = await response.allHeaders();
    this._note(`headers of ${where}`, JSON.stringify(headers));
    const status = response.status();
    const redirects = status >= 300 && status < 400;
    if (headers['content-type']?.includes(STREAMED)) {
      this._note(where, await this._streamed.text(pathOf(response.url())));
    } else if (!redirects && !EMPTY.includes(status)) {
      const failed = await response.finished();
      // What the page itself broke off has told it nothing more.
      this._note(where, failed ? '' : await response.text());
    }
  }

  /** Take note of something that is still being read; where that fails, `placesOf` fails. */
  private _follow(reading: Promise<void>): void {
    reading.catch(() => undefined);
    this._pending.push(reading);
  }

  private _note(place: string, content: string): void {
    this._seen.push([place, content]);
  }

  private readonly _streamed: Streamed;
  private readonly _pending: Promise<void>[] = [];
  private readonly _seen: [string, string][] = [];
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}

/** What a page and its browser hold, by the name of the place. */
async function heldBy(page: Page): Promise<Record<string, string>> {
  return {
    HTML: await page.content(),
    cookies: JSON.stringify(await page.context().cookies()),
    ...(await page.evaluate(readStorage))
  };
}

/** Runs in the page. */
async function readStorage(): Promise<Record<string, string>> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const databases: unknown[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name!));
    for (const store of database.objectStoreNames) {
      const content = database.transaction(store).objectStore(store);
      databases.push(name, store, await done(content.getAllKeys()));
      databases.push(await done(content.getAll()));
    }
    database.close();
  }
  const fields = document.querySelectorAll<HTMLInputElement>('input, textarea');
  return {
    fields: JSON.stringify([...fields].map(({ value }) => value)),
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    IndexedDB: JSON.stringify(databases)
  };
}
