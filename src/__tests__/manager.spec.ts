// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import type { JSONObject } from '@lumino/coreutils';
import { PromiseDelegate } from '@lumino/coreutils';
import { ApiError } from '../api';
import { ClusterManager } from '../manager';
import { BACKEND_STATUS, CLUSTER_STATUS } from '../manager/events';
import {
  aBackend,
  aCluster,
  eventStream,
  FakeApi,
  settled
} from './fakeserver';

const ID = aCluster().id;
const OTHER = '00000000000000b2';

describe('ClusterManager', () => {
  let api: FakeApi;
  let stream: ReturnType<typeof eventStream>;
  let manager: ClusterManager;
  /** How often the list was said to have changed. */
  let changes: number;

  const tell = (data: object) => {
    stream.emit({ schema_id: CLUSTER_STATUS, ...data });
  };
  const start = async () => {
    manager = new ClusterManager({ api, events: stream });
    await manager.ready;
    changes = 0;
    manager.clustersChanged.connect(() => {
      changes += 1;
    });
  };

  beforeEach(() => {
    api = new FakeApi();
    stream = eventStream();
  });

  afterEach(() => {
    manager.dispose();
  });

  describe('connection', () => {
    it('is ready after the handshake and the first list', async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
      expect(manager.connection).toBe('ready');
      expect(manager.problem).toBeNull();
      expect(manager.cluster(ID)?.state).toBe('running');
      expect(manager.backend('hub')?.label).toBe('Hub');
    });

    it('says what to install where the server extension is missing', async () => {
      api.failure = new ApiError('Not found', 'bad-answer', 404);
      await start();
      expect(manager.connection).toBe('unreachable');
      expect(manager.problem).toContain('Install the package pccompute-ext');
    });

    it('says what to do about another version', async () => {
      api.version = '99.0.0';
      await start();
      expect(manager.connection).toBe('incompatible');
      expect(manager.problem).toContain('99.0.0');
      expect(manager.problem).toContain('Restart the Jupyter server');
      expect(api.count('clusters')).toBe(0);
    });

    it('keeps what it knew while the server is away, and shakes hands again after that', async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
      const connections: string[] = [];
      manager.connectionChanged.connect((_, connection) => {
        connections.push(connection);
      });
      api.failure = new ApiError('No answer', 'unreachable', 0);
      await expect(manager.refresh()).rejects.toBe(api.failure);
      expect(manager.clusters).toHaveLength(1);
      api.failure = null;
      await manager.refresh();
      expect(connections).toEqual(['unreachable', 'ready']);
      expect(api.count('handshake')).toBe(2);
    });
  });

  describe('polling', () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('asks only while somebody looks', async () => {
      await start();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(api.count('clusters')).toBe(1);

      const [one, two] = [{}, {}];
      manager.look(one, true);
      manager.look(two, true);
      await jest.advanceTimersByTimeAsync(0);
      expect(api.count('clusters')).toBe(2);
      await jest.advanceTimersByTimeAsync(10_000);
      expect(api.count('clusters')).toBe(3);

      manager.look(one, false);
      await jest.advanceTimersByTimeAsync(10_000);
      expect(api.count('clusters')).toBe(4);

      manager.look(two, false);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(api.count('clusters')).toBe(4);
    });

    it('asks for the backends again only where they may have changed', async () => {
      await start();
      manager.look(manager, true);
      await jest.advanceTimersByTimeAsync(10_000);
      expect(api.count('backends')).toBe(1);
      const problem = { backend: 'hub', code: 'backend-failed', message: 'x' };
      api.listed = { clusters: [], problems: [problem] };
      await jest.advanceTimersByTimeAsync(20_000);
      expect(api.count('backends')).toBe(2);
      expect(manager.problems).toEqual([problem]);
    });

    it('rechecks on a hint only if somebody looks', async () => {
      await start();
      manager.recheck();
      await jest.advanceTimersByTimeAsync(0);
      expect(api.count('clusters')).toBe(1);
      manager.look(manager, true);
      await jest.advanceTimersByTimeAsync(0);
      manager.recheck();
      await jest.advanceTimersByTimeAsync(0);
      expect(api.count('clusters')).toBe(3);
    });
  });

  describe('events', () => {
    it('are taken at once', async () => {
      await start();
      tell({ cluster: aCluster(), removed: null });
      expect(manager.cluster(ID)?.state).toBe('running');
      expect(changes).toBe(1);
    });

    it('that come in a burst are shown together', async () => {
      await start();
      jest.useFakeTimers();
      try {
        tell({ cluster: aCluster(), removed: null });
        tell({ cluster: aCluster({ state: 'stopping' }), removed: null });
        tell({ cluster: null, removed: ID });
        expect(changes).toBe(1);
        jest.advanceTimersByTime(100);
        expect(manager.clusters).toHaveLength(0);
        expect(changes).toBe(2);
        jest.advanceTimersByTime(100);
        expect(changes).toBe(2);
      } finally {
        jest.useRealTimers();
      }
    });

    it('that tell nothing new are not passed on', async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
      const before = manager.cluster(ID);
      tell({ cluster: aCluster(), removed: null });
      await manager.refresh();
      expect(changes).toBe(0);
      expect(manager.cluster(ID)).toBe(before);
    });

    it('of others are left alone', async () => {
      await start();
      stream.emit({
        schema_id: 'https://example.com/other',
        cluster: { ...aCluster() } as unknown as JSONObject
      });
      expect(manager.clusters).toHaveLength(0);
    });

    it('win over an answer to what was asked before them', async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
      api.delay = new PromiseDelegate();
      const refreshed = manager.refresh();
      await settled();
      expect(api.count('clusters')).toBe(2);
      // The list was made before these, and arrives after them.
      tell({ removed: ID });
      tell({ cluster: aCluster({ id: OTHER }) });
      api.delay.resolve();
      await refreshed;
      expect(manager.clusters.map(({ id }) => id)).toEqual([OTHER]);
    });

    it('are overruled by an answer to what was asked after them', async () => {
      await start();
      tell({ cluster: aCluster() });
      await manager.refresh();
      expect(manager.clusters).toHaveLength(0);
    });

    it('change a backend in its place', async () => {
      api.known = [aBackend(), aBackend({ id: 'local', label: 'Here' })];
      await start();
      const backend = aBackend({ state: 'unreachable', reason: 'Down' });
      stream.emit({
        schema_id: BACKEND_STATUS,
        backend: backend as unknown as JSONObject
      });
      expect(manager.backends.map(({ id }) => id)).toEqual(['hub', 'local']);
      expect(manager.backend('hub')?.reason).toBe('Down');
    });
  });

  it('knows the plots of a dashboard by their titles', async () => {
    await start();
    const plots = manager.plots('a1');
    api.owed.shift()!.resolve({
      'Individual Task Stream': '/individual-task-stream',
      'Individual CPU': '/individual-cpu'
    });
    await expect(plots).resolves.toEqual([
      { title: 'CPU', path: 'individual-cpu' },
      { title: 'Task Stream', path: 'individual-task-stream' }
    ]);
  });

  it('lists by backend, the newest first', async () => {
    api.known = [aBackend({ id: 'b' }), aBackend({ id: 'a' })];
    const created = (hour: number) => `2026-01-02T0${hour}:00:00Z`;
    api.listed = {
      clusters: [
        aCluster({ id: '1', backend: 'a', created: created(1) }),
        aCluster({ id: '2', backend: 'b', created: null }),
        aCluster({ id: '3', backend: 'b', created: created(2) }),
        aCluster({ id: '4', backend: 'b', created: created(3) })
      ],
      problems: []
    };
    await start();
    expect(manager.clusters.map(({ id }) => id)).toEqual(['4', '3', '2', '1']);
  });
});
