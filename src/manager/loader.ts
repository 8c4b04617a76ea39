// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Poll } from '@lumino/polling';
import type { IComputeApi } from '../api';
import { ApiError } from '../api';
import type { ServerLink } from './link';
import type { ClusterState } from './state';

/** Milliseconds from poll to poll. After each the server watches on for longer than that. */
const INTERVAL = 10_000;

/** The longest pause between polls, in milliseconds, while the server does not answer. */
const LONGEST_PAUSE = 30_000;

/**
 * Asks the server for everything: at the start, when told to, and every few
 * seconds while somebody looks. Events tell of changes sooner, but they have no
 * replay: what they missed is found here.
 */
export class Loader {
  constructor(
    private readonly _api: IComputeApi,
    private readonly _link: ServerLink,
    private readonly _state: ClusterState
  ) {
    this._poll = new Poll({
      auto: false,
      factory: () => this._load(),
      frequency: { interval: INTERVAL, backoff: true, max: LONGEST_PAUSE },
      name: 'pccompute-ext:clusters',
      standby: 'when-hidden'
    });
  }

  get lookedAt(): boolean {
    return this._viewers.size > 0;
  }

  look(viewer: object, looking: boolean): void {
    if (looking) {
      this._viewers.add(viewer);
      void this._poll.start();
    } else if (this._viewers.delete(viewer) && this._viewers.size === 0) {
      void this._poll.stop();
    }
  }

  /** Ask for everything after this moment. Rejects with the `ApiError` of what failed. */
  refresh(): Promise<void> {
    this._backendsDue = true;
    this._refreshing ??= (this._loading ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this._refreshing = null;
        return this._load();
      });
    return this._refreshing;
  }

  dispose(): void {
    this._poll.dispose();
    this._viewers.clear();
  }

  /** Who asks while an answer is awaited shares it. */
  private _load(): Promise<void> {
    this._loading ??= this._ask().finally(() => {
      this._loading = null;
    });
    return this._loading;
  }

  private async _ask(): Promise<void> {
    const state = this._state;
    try {
      if (this._link.connection !== 'ready') {
        await this._link.shakeHands();
        this._backendsDue = true;
      }
      const asked = state.known.moment;
      const keep = state.creations.ids();
      const [{ clusters, problems }, answer] = await Promise.all([
        this._api.clusters(),
        this._backendsDue ? this._api.backends() : null
      ]);
      if (answer) {
        this._backendsDue = false;
        state.setBackends(answer.backends);
      }
      const before = state.problems;
      state.known.list(clusters, asked, keep);
      state.publish(problems);
      this._link.established();
      // Backends are asked for again only where the list says that they are not what they were.
      this._backendsDue ||=
        state.problems !== before ||
        clusters.some(cluster => !state.backend(cluster.backend));
    } catch (error) {
      if (error instanceof ApiError) {
        this._link.lost(error);
      }
      throw error;
    }
  }

  private readonly _poll: Poll;
  private readonly _viewers = new Set<object>();
  private _backendsDue = true;
  private _loading: Promise<void> | null = null;
  private _refreshing: Promise<void> | null = null;
}
