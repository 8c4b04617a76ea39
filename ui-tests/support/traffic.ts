import { expect, type Page, type WebSocket } from '@playwright/test';

/** What a page and all frames in it have asked for and been told, from now on. */
export class Traffic {
  constructor(page: Page) {
    page.on('request', request => this.urls.push(request.url()));
    page.on('websocket', socket => this._watch(socket));
  }

  /** Of requests and websockets. */
  readonly urls: string[] = [];

  /** The URLs that lead to another origin than that of JupyterLab. */
  foreign(jupyter: string): string[] {
    const { host } = new URL(jupyter);
    return this.urls.filter(url => {
      const { protocol, host: other } = new URL(url);
      return !['data:', 'blob:'].includes(protocol) && other !== host;
    });
  }

  /** Wait until the open websocket whose path ends so brings two more messages: it has told something new, and goes on. */
  async waitForNews(path: string): Promise<void> {
    const received = () => this._received(path);
    const before = received();
    await expect
      .poll(received, { timeout: 90_000 })
      .toBeGreaterThan(before + 1);
  }

  private _received(path: string): number {
    return [...this._messages]
      .filter(([socket]) => !socket.isClosed())
      .filter(([socket]) => new URL(socket.url()).pathname.endsWith(path))
      .reduce((sum, [, messages]) => sum + messages, 0);
  }

  private _watch(socket: WebSocket): void {
    this.urls.push(socket.url());
    this._messages.set(socket, 0);
    socket.on('framereceived', () =>
      this._messages.set(socket, this._messages.get(socket)! + 1)
    );
  }

  private readonly _messages = new Map<WebSocket, number>();
}
