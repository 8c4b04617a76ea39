// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** The content type of an answer that comes line by line. */
const LINES = 'application/x-ndjson';

/** Where the server extension lives below the server's base URL. */
const NAMESPACE = 'pccompute';

/**
 * Why a request failed.
 *
 * `code` is the server's own (`refused`, `not-found` …) or one of ours:
 * `unreachable` (no answer came), `forbidden`, `bad-answer` (not an answer of
 * pccompute: the server extension is missing, or a proxy stands between).
 */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly code: string,
    /** The HTTP status, 0 where no answer came. */
    readonly status: number,
    readonly detail: Record<string, unknown> = {}
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** Sends requests to the server extension, and tells apart what comes back. It keeps no state. */
export class Requests {
  constructor(private readonly _settings: ServerConnection.ISettings) {}

  /** The absolute URL of a path below the extension's root; each part is one segment. */
  url(path: string[]): string {
    return URLExt.join(
      this._settings.baseUrl,
      NAMESPACE,
      ...path.map(encodeURIComponent)
    );
  }

  /** Resolves to the JSON of the answer; rejects with `ApiError`. */
  async send<T>(
    method: string,
    path: string[],
    body?: unknown,
    query: { [name: string]: string } = {}
  ): Promise<T> {
    const url = this.url(path) + URLExt.objectToQueryString(query);
    const init: RequestInit = { method };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
    }
    let response: Response;
    let text: string;
    try {
      response = await ServerConnection.makeRequest(url, init, this._settings);
      text = await response.text();
    } catch {
      throw unreachable();
    }
    const answer = parse(text);
    if (!response.ok) {
      throw refusal(response, answer);
    }
    if (response.status !== 204 && answer === undefined) {
      throw strange(response);
    }
    return answer as T;
  }

  /** Gives each line of an answer once it is there; resolves after the last one, rejects with `ApiError`. */
  async lines<T>(
    method: string,
    path: string[],
    body: unknown,
    onLine: (line: T) => void
  ): Promise<void> {
    const init: RequestInit = {
      method,
      body: JSON.stringify(body),
      headers: { Accept: LINES }
    };
    const send = ServerConnection.makeRequest(
      this.url(path),
      init,
      this._settings
    );
    const response = await send.catch(() => Promise.reject(unreachable()));
    if (!response.ok) {
      throw refusal(response, parse(await response.text()));
    }
    for await (const text of linesOf(response)) {
      const line = parse(text);
      if (line === undefined) {
        throw strange(response);
      }
      onLine(line as T);
    }
  }
}

/** That no answer came, or only a part of it. */
export function unreachable(): ApiError {
  return new ApiError('The Jupyter server does not answer.', 'unreachable', 0);
}

function strange({ status }: Response): ApiError {
  return new ApiError(
    'The Jupyter server gave an answer that is not from pccompute. A proxy may have asked for a new login: reload the page.',
    'bad-answer',
    status
  );
}

/** The lines of an answer as they come. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader
      .read()
      .catch(() => Promise.reject(unreachable()));
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield line;
    }
    if (done) {
      break;
    }
  }
  if (rest) {
    yield rest;
  }
}

/** The value that `text` is in JSON, or undefined where it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error that an answer without success tells of; other parts of Jupyter answer without a code, proxies without JSON. */
function refusal(response: Response, answer: unknown): ApiError {
  const { status, statusText } = response;
  const { message, code, detail } = (answer ?? {}) as {
    message?: unknown;
    code?: unknown;
    detail?: unknown;
  };
  const words =
    typeof message === 'string' && message
      ? message
      : `The Jupyter server answered ${status} ${statusText}.`;
  if (typeof code === 'string') {
    return new ApiError(
      words,
      code,
      status,
      (detail ?? {}) as Record<string, unknown>
    );
  }
  const forbidden = status === 401 || status === 403;
  return new ApiError(words, forbidden ? 'forbidden' : 'bad-answer', status);
}
