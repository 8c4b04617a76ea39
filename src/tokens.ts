// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type {
  Adaptive,
  Backend,
  BackendProblem,
  Cluster,
  CreateCluster,
  Manual,
  OptionsForm,
  Snippet
} from './_schema';

/**
 * The commands of the extension. Everything that changes something is one of
 * them: buttons, menus, the palette, the keyboard and other extensions execute
 * the same command with the same arguments (see its `describedBy`).
 */
export namespace CommandIDs {
  export const openPanel = 'pccompute:open-panel';
  export const refresh = 'pccompute:refresh';
  /** Without arguments opens the dialog; with `backend` and the rest creates at once. */
  export const createCluster = 'pccompute:create-cluster';
  export const renameCluster = 'pccompute:rename-cluster';
  export const scaleCluster = 'pccompute:scale-cluster';
  export const adaptCluster = 'pccompute:adapt-cluster';
  export const shutdownCluster = 'pccompute:shutdown-cluster';
  export const shutdownAll = 'pccompute:shutdown-all';
  export const cancelCluster = 'pccompute:cancel-cluster';
  export const dismissCluster = 'pccompute:dismiss-cluster';
  /** Opens the dialog with a failed cluster's options. */
  export const retryCluster = 'pccompute:retry-cluster';
  export const insertSnippet = 'pccompute:insert-snippet';
  export const copySnippet = 'pccompute:copy-snippet';
}

/** A change of a cluster's size, as commands and the REST API take it. */
export type ScalingRequest = Adaptive | Manual;

/** What the front end knows of the server: one of these states. */
export type Connection =
  'connecting' | 'ready' | 'unreachable' | 'incompatible';

/**
 * The clusters of all backends, kept true by events and a slow poll.
 *
 * Methods that ask the server reject with an `ApiError`, whose `message` is fit for people and whose `code` is the server's.
 */
export interface IClusterManager extends IDisposable {
  /** Resolves once the first list has arrived or failed. */
  readonly ready: Promise<void>;
  readonly connection: Connection;
  /** Why `connection` is not ready, for people. */
  readonly problem: string | null;
  readonly backends: readonly Backend[];
  /** Newest first within a backend; includes those being created. */
  readonly clusters: readonly Cluster[];
  readonly problems: readonly BackendProblem[];

  /** Emitted after `clusters` or `problems` changed. */
  readonly clustersChanged: ISignal<IClusterManager, void>;
  readonly backendsChanged: ISignal<IClusterManager, void>;
  readonly connectionChanged: ISignal<IClusterManager, Connection>;

  cluster(id: string): Cluster | undefined;
  backend(id: string): Backend | undefined;

  /**
   * Say that somebody looks (or stops looking). While nobody looks nothing is
   * polled, and the server stops watching.
   */
  look(viewer: object, looking: boolean): void;
  refresh(): Promise<void>;

  options(backend: string): Promise<OptionsForm>;
  /** The cluster is listed, pending, before the server has answered; it leaves the list again where the promise rejects. */
  create(request: CreateCluster): Promise<Cluster>;
  rename(id: string, label: string | null): Promise<Cluster>;
  scale(id: string, scaling: ScalingRequest): Promise<Cluster>;
  /** Stops a cluster, cancels a pending one, dismisses a failed or stopped one. */
  stop(id: string): Promise<void>;
  snippets(id: string): Promise<Snippet[]>;
}

export const IClusterManager = new Token<IClusterManager>(
  'pccompute-ext:IClusterManager',
  'Dask clusters on all the backends that the server extension pccompute_ext manages.'
);
