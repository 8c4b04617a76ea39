// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { ServerConnection } from '@jupyterlab/services';
import { ApiError, ComputeApi } from '../api';

/** A client whose requests are answered by `answer`. */
function client(answer: (request: Request) => Promise<Response>): ComputeApi {
  return new ComputeApi(
    ServerConnection.makeSettings({
      baseUrl: 'http://127.0.0.1/user/alice@example.com/',
      fetch: input => answer(input as Request)
    })
  );
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  try {
    await promise;
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError);
    return error as ApiError;
  }
  throw new Error('It was expected to fail');
}

describe('ComputeApi', () => {
  it('asks below the base URL, and takes ids as they are', async () => {
    const urls: string[] = [];
    const api = client(request => {
      urls.push(new URL(request.url).pathname);
      return Promise.resolve(json({}));
    });
    await api.handshake();
    await api.options('a/b');
    expect(urls).toEqual([
      '/user/alice@example.com/pccompute',
      '/user/alice@example.com/pccompute/backends/a%2Fb/options'
    ]);
  });

  it('asks what there is to choose and what is left, and has that deleted', async () => {
    const requests: string[] = [];
    const api = client(async request => {
      const { pathname } = new URL(request.url);
      const path = pathname.replace(/.*pccompute\//, '');
      requests.push(`${request.method} ${path} ${await request.text()}`.trim());
      return json({});
    });
    await api.offers('azure', { options: { location: 'eastus' } });
    await api.leftovers('azure');
    await api.deleteLeftover('azure', '11aa22bb');
    expect(requests).toEqual([
      'POST backends/azure/offers {"options":{"location":"eastus"}}',
      'GET backends/azure/leftovers',
      'DELETE backends/azure/leftovers/11aa22bb'
    ]);
  });

  it('asks for so many lines of the logs', async () => {
    let url = '';
    const api = client(request => {
      url = request.url;
      return Promise.resolve(json({ sources: [], problem: null }));
    });
    await api.logs('00000000000000a1', 50);
    const { pathname, searchParams } = new URL(url);
    expect(pathname).toMatch(/\/clusters\/00000000000000a1\/logs$/);
    expect(searchParams.get('lines')).toBe('50');
  });

  it('says which names code is to leave alone', async () => {
    const requests: Request[] = [];
    const api = client(request => {
      requests.push(request);
      return Promise.resolve(json({ snippets: [] }));
    });
    await api.snippets('00000000000000a1', []);
    await api.snippets('00000000000000a1', ['client', 'cluster_2']);
    await api.newClusterSnippets('hub', { options: {}, taken: ['client'] });
    const taken = requests.map(({ url }) =>
      new URL(url).searchParams.get('taken')
    );
    expect(taken).toEqual([null, 'client,cluster_2', null]);
    expect(requests[2].method).toBe('POST');
    expect(new URL(requests[2].url).pathname).toMatch(
      /\/backends\/hub\/snippets$/
    );
    expect(await requests[2].json()).toEqual({
      options: {},
      taken: ['client']
    });
  });

  it('knows where a dashboard is, without asking', () => {
    const api = client(() => Promise.reject(new Error('asked')));
    const root =
      'http://127.0.0.1/user/alice@example.com/pccompute/clusters/a1/dashboard/';
    expect(api.dashboardUrl('a1', '')).toBe(root);
    expect(api.dashboardUrl('a1', 'info/x y')).toBe(`${root}info/x%20y`);
  });

  it('sends what is asked for as JSON', async () => {
    let sent: unknown;
    const api = client(async request => {
      sent = [request.method, await request.json()];
      return json({}, 202);
    });
    await api.adapt('00000000000000a1', { minimum: 0, maximum: 2 });
    expect(sent).toEqual(['POST', { minimum: 0, maximum: 2 }]);
  });

  it('takes an empty answer where there is none to give', async () => {
    const api = client(() =>
      Promise.resolve(new Response(null, { status: 204 }))
    );
    await expect(api.stop('00000000000000a1')).resolves.toBeUndefined();
  });

  it('gives the words, code and detail of the server', async () => {
    const body = {
      message: 'worker_cores must be <= 8',
      code: 'refused',
      detail: { option: 'worker_cores' }
    };
    const api = client(() => Promise.resolve(json(body, 422)));
    const error = await errorOf(api.create({ backend: 'hub' }));
    expect(error).toMatchObject({ ...body, status: 422 });
  });

  it('says so where nothing answers', async () => {
    const api = client(() => Promise.reject(new TypeError('Failed to fetch')));
    const error = await errorOf(api.clusters());
    expect(error).toMatchObject({ code: 'unreachable', status: 0 });
  });

  it('knows an answer that is not from the server extension', async () => {
    const page = '<html>Log in</html>';
    const login = client(() => Promise.resolve(new Response(page)));
    expect((await errorOf(login.clusters())).code).toBe('bad-answer');

    const missing = client(() =>
      Promise.resolve(new Response(page, { status: 404 }))
    );
    const error = await errorOf(missing.handshake());
    expect(error).toMatchObject({ code: 'bad-answer', status: 404 });
  });

  it('knows a refusal by Jupyter itself', async () => {
    const api = client(() =>
      Promise.resolve(json({ message: 'Forbidden', reason: null }, 403))
    );
    expect((await errorOf(api.clusters())).code).toBe('forbidden');
  });

  describe('a check that tells as it goes', () => {
    const step = (id: string) => ({ id, title: id, state: 'passed' });
    const report = { backend: 'hub', steps: [], text: '' };

    /** An answer that comes in these pieces. */
    function pieces(...texts: string[]): Response {
      const bytes = texts.map(text => new TextEncoder().encode(text));
      const read = () =>
        Promise.resolve(
          bytes.length > 0
            ? { done: false, value: bytes.shift() }
            : { done: true, value: undefined }
        );
      return {
        ok: true,
        status: 200,
        body: { getReader: () => ({ read }) }
      } as unknown as Response;
    }
    const check = (response: Response, seen: string[] = []) =>
      client(request => {
        expect(request.headers.get('Accept')).toBe('application/x-ndjson');
        return Promise.resolve(response);
      }).gateways.check('hub', { kernel: null }, ({ id }) => seen.push(id));

    it('gives each step, wherever the answer is cut', async () => {
      const lines = [{ step: step('é') }, { step: step('b') }, { report }];
      const text = lines.map(line => JSON.stringify(line)).join('\n');
      const seen: string[] = [];
      await expect(check(pieces(...text), seen)).resolves.toEqual(report);
      expect(seen).toEqual(['é', 'b']);
    });

    it('fails where the answer ends too early', async () => {
      const seen: string[] = [];
      const cut = pieces(`${JSON.stringify({ step: step('a') })}\n`);
      expect((await errorOf(check(cut, seen))).code).toBe('unreachable');
      expect(seen).toEqual(['a']);
    });

    it('fails in the words of the server', async () => {
      const refused = json({ message: 'Gone.', code: 'not-found' }, 404);
      const error = await errorOf(check(refused));
      expect([error.code, error.message]).toEqual(['not-found', 'Gone.']);
    });

    it('fails where what comes is from somebody else', async () => {
      const error = await errorOf(check(pieces('<html>')));
      expect(error.code).toBe('bad-answer');
    });
  });
});
