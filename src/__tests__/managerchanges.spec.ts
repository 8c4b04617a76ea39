// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { ApiError } from '../api';
import { ClusterManager } from '../manager';
import { CLUSTER_STATUS } from '../manager/events';
import { aCluster, eventStream, FakeApi, settled } from './fakeserver';

const ID = aCluster().id;
const OTHER = '00000000000000b2';

describe('ClusterManager, asked for a change', () => {
  let api: FakeApi;
  let stream: ReturnType<typeof eventStream>;
  let manager: ClusterManager;

  const tell = (data: object) => {
    stream.emit({ schema_id: CLUSTER_STATUS, ...data });
  };
  const start = async () => {
    manager = new ClusterManager({ api, events: stream });
    await manager.ready;
  };

  beforeEach(() => {
    api = new FakeApi();
    stream = eventStream();
  });

  afterEach(() => {
    manager.dispose();
  });

  describe('create', () => {
    it('lists the cluster at once, under the id that the server will know', async () => {
      await start();
      void manager.create({ backend: 'hub', label: 'mosaic' });
      expect(manager.clusters).toMatchObject([
        { state: 'pending', label: 'mosaic', backend: 'hub' }
      ]);
      const id = manager.clusters[0].id;
      expect(id).toMatch(/^[0-9a-f]{16}$/);
      expect(api.calls.at(-1)).toEqual([
        'create',
        { backend: 'hub', label: 'mosaic', id }
      ]);
    });

    it('keeps it through lists that do not hold it yet', async () => {
      await start();
      const created = manager.create({ backend: 'hub', id: ID });
      await manager.refresh();
      expect(manager.clusters).toHaveLength(1);
      api.owed[0].resolve(aCluster({ state: 'pending' }));
      await expect(created).resolves.toMatchObject({ name: 'a1b2c3d4' });
      expect(manager.clusters).toHaveLength(1);
    });

    it('takes it off again where the backend refuses', async () => {
      await start();
      const created = manager.create({ backend: 'hub' });
      const refusal = new ApiError('Too many cores', 'refused', 422);
      api.owed[0].reject(refusal);
      await expect(created).rejects.toBe(refusal);
      expect(manager.clusters).toHaveLength(0);
    });

    it('sends a request with the same id once', async () => {
      await start();
      const request = { backend: 'hub', id: ID };
      const both = [manager.create(request), manager.create(request)];
      expect(api.count('create')).toBe(1);
      api.owed[0].resolve(aCluster());
      await Promise.all(both);
      expect(manager.clusters).toHaveLength(1);
    });

    it('can be cancelled before the answer', async () => {
      await start();
      const created = manager.create({ backend: 'hub', id: ID });
      const stopped = manager.stop(ID);
      expect(manager.cluster(ID)?.state).toBe('stopping');
      const [creation, stop] = api.owed;
      stop.resolve(undefined);
      await stopped;
      creation.reject(new ApiError('Stopped', 'wrong-state', 409));
      await expect(created).rejects.toMatchObject({ code: 'cancelled' });
      expect(manager.clusters).toHaveLength(0);
    });

    it('takes the place of a failed one, so that never both are listed', async () => {
      const failed = aCluster({ state: 'failed' });
      api.listed = { clusters: [failed], problems: [] };
      await start();
      const listed: string[][] = [];
      manager.clustersChanged.connect(() => {
        listed.push(manager.clusters.map(({ id }) => id));
      });
      const created = manager.create({ backend: 'hub', id: OTHER }, ID);
      api.owed[0].resolve(aCluster({ id: OTHER, state: 'pending' }));
      await created;
      await settled();
      expect(api.calls.at(-1)).toEqual(['stop', ID]);
      api.owed[1].resolve(undefined);
      await settled();
      expect(listed.length).toBeGreaterThan(0);
      expect(listed.filter(ids => ids.join() !== OTHER)).toEqual([]);
    });

    it('gives the place back where the backend refuses', async () => {
      const failed = aCluster({ state: 'failed' });
      api.listed = { clusters: [failed], problems: [] };
      await start();
      const created = manager.create({ backend: 'hub', id: OTHER }, ID);
      api.owed[0].reject(new ApiError('Too many cores', 'refused', 422));
      await expect(created).rejects.toMatchObject({ code: 'refused' });
      expect(manager.clusters).toMatchObject([{ id: ID, state: 'failed' }]);
      expect(api.count('stop')).toBe(0);
    });

    it('is stopped after all where the cancel came before it', async () => {
      await start();
      void manager.create({ backend: 'hub', id: ID });
      const stopped = manager.stop(ID);
      const [creation, early] = api.owed;
      early.reject(new ApiError('No such cluster', 'not-found', 404));
      await settled();
      creation.resolve(aCluster({ state: 'pending' }));
      await settled();
      expect(api.count('stop')).toBe(2);
      api.owed[2].resolve(undefined);
      await stopped;
      expect(manager.cluster(ID)?.state).toBe('stopping');
    });
  });

  describe('scale', () => {
    const scaled = (count: number, confirmed = true) =>
      aCluster({ scaling: { ...aCluster().scaling!, count, confirmed } });
    const shown = () => manager.cluster(ID)?.scaling;

    beforeEach(async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
    });

    it('shows what was asked for, then what the backend made of it', async () => {
      const done = manager.scale(ID, { mode: 'manual', count: 50 });
      expect(shown()).toMatchObject({
        count: 50,
        confirmed: false,
        source: 'set-here'
      });
      await settled();
      const scaling = { ...scaled(4).scaling!, warning: 'At most 4', limit: 4 };
      api.owed[0].resolve(aCluster({ scaling }));
      await done;
      expect(shown()).toEqual(scaling);
    });

    it('sends bounds as such', async () => {
      void manager.scale(ID, { mode: 'adaptive', maximum: 2 });
      await settled();
      expect(api.calls.at(-1)).toEqual([
        'adapt',
        ID,
        { minimum: 0, maximum: 2 }
      ]);
      expect(shown()).toMatchObject({ mode: 'adaptive', maximum: 2 });
    });

    it('goes back where it fails', async () => {
      const done = manager.scale(ID, { mode: 'manual', count: 2 });
      await settled();
      const failure = new ApiError('No', 'backend-failed', 502);
      api.owed[0].reject(failure);
      await expect(done).rejects.toBe(failure);
      expect(shown()?.count).toBe(1);
    });

    it('ends at what was asked for last, in whatever order the answers come', async () => {
      const first = manager.scale(ID, { mode: 'manual', count: 50 });
      await settled();
      const second = manager.scale(ID, { mode: 'manual', count: 2 });
      await settled();
      api.owed[1].resolve(scaled(2));
      await second;
      api.owed[0].resolve(scaled(50));
      await first;
      expect(shown()?.count).toBe(2);
    });

    it('does not report the failure of a request that was replaced', async () => {
      const first = manager.scale(ID, { mode: 'manual', count: 50 });
      await settled();
      void manager.scale(ID, { mode: 'manual', count: 2 });
      await settled();
      api.owed[0].reject(new ApiError('No', 'backend-failed', 502));
      await expect(first).resolves.toMatchObject({ id: ID });
      expect(shown()).toMatchObject({ count: 2, confirmed: false });
    });

    it('shows what was asked for although an older event comes in between', async () => {
      const done = manager.scale(ID, { mode: 'manual', count: 2 });
      await settled();
      tell({ cluster: aCluster({ cores: 7 }) });
      expect(manager.cluster(ID)?.cores).toBe(7);
      expect(shown()?.count).toBe(2);
      api.owed[0].resolve(scaled(2));
      await done;
      expect(shown()?.count).toBe(2);
      expect(manager.cluster(ID)?.cores).toBe(7);
    });

    it('believes an event that tells of the change more than the answer', async () => {
      const done = manager.scale(ID, { mode: 'manual', count: 2 });
      await settled();
      tell({ cluster: scaled(2, true) });
      api.owed[0].resolve(scaled(2, false));
      await done;
      expect(shown()?.confirmed).toBe(true);
    });

    it('rejects for a cluster that is not there', async () => {
      await expect(
        manager.scale(OTHER, { mode: 'manual', count: 1 })
      ).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  describe('stop', () => {
    it('shows a running cluster as stopping from then on', async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
      const stopped = manager.stop(ID);
      expect(manager.cluster(ID)?.state).toBe('stopping');
      api.owed[0].resolve(undefined);
      await stopped;
      expect(manager.cluster(ID)?.state).toBe('stopping');
    });

    it('shows it as running again where it fails', async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
      const stopped = manager.stop(ID);
      api.owed[0].reject(new ApiError('No', 'backend-failed', 502));
      await expect(stopped).rejects.toMatchObject({ code: 'backend-failed' });
      expect(manager.cluster(ID)?.state).toBe('running');
    });

    it.each(['failed', 'stopped'] as const)(
      'takes a %s cluster off the list',
      async state => {
        api.listed = { clusters: [aCluster({ state })], problems: [] };
        await start();
        const stopped = manager.stop(ID);
        api.owed[0].resolve(undefined);
        await stopped;
        expect(manager.clusters).toHaveLength(0);
      }
    );

    it('is content with a cluster that is gone already', async () => {
      api.listed = { clusters: [aCluster()], problems: [] };
      await start();
      const stopped = manager.stop(ID);
      api.owed[0].reject(new ApiError('Unknown', 'not-found', 404));
      await stopped;
      expect(manager.clusters).toHaveLength(0);
    });
  });

  it('lists what is left of an unknown cluster while it is deleted', async () => {
    await start();
    const deleted = manager.deleteLeftover('hub', '11aa22bb');
    expect(api.calls.at(-1)).toEqual(['deleteLeftover', 'hub', '11aa22bb']);
    api.owed[0].resolve(aCluster({ state: 'stopping' }));
    await expect(deleted).resolves.toMatchObject({ id: ID });
    expect(manager.clusters).toMatchObject([{ id: ID, state: 'stopping' }]);
  });

  it('renames', async () => {
    api.listed = { clusters: [aCluster()], problems: [] };
    await start();
    const renamed = manager.rename(ID, 'mosaic');
    await settled();
    expect(api.calls.at(-1)).toEqual(['update', ID, { label: 'mosaic' }]);
    api.owed[0].resolve(aCluster({ label: 'mosaic' }));
    await expect(renamed).resolves.toMatchObject({ label: 'mosaic' });
  });
});
