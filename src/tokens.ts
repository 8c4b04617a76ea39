// Copyright (c) pccompute contributors.
// Distributed under the terms of the BSD-3-Clause License.

import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type {
  Adaptive,
  Backend,
  BackendProblem,
  CheckReport,
  CheckStep,
  Cluster,
  ConnectForm,
  CreateCluster,
  CredentialStatus,
  GatewayDefinition,
  LeftoverList,
  LogList,
  Manual,
  Offers,
  OptionsForm,
  Preset,
  PutCredential,
  SaveGateway,
  Snippet,
  VersionDifference,
  WorkerInfo
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
  /** Gives the workers of an idle cluster back, and lets an adaptive one grow again when there is work. */
  export const scaleToZero = 'pccompute:scale-to-zero';
  export const shutdownCluster = 'pccompute:shutdown-cluster';
  export const shutdownAll = 'pccompute:shutdown-all';
  export const cancelCluster = 'pccompute:cancel-cluster';
  export const dismissCluster = 'pccompute:dismiss-cluster';
  /** Opens the dialog with a failed cluster's options. */
  export const retryCluster = 'pccompute:retry-cluster';
  export const insertSnippet = 'pccompute:insert-snippet';
  export const copySnippet = 'pccompute:copy-snippet';
  /** Shows every way to connect to a cluster, with its code. */
  export const showWays = 'pccompute:show-ways';
  /** Connects the kernel of the notebook or console in front, without a cell. */
  export const connectKernel = 'pccompute:connect-kernel';
  /** Compares the packages of the current kernel with a cluster's; what matters shows on the card. */
  export const compareVersions = 'pccompute:compare-versions';
  export const dismissVersionHint = 'pccompute:dismiss-version-hint';
  export const showWorkers = 'pccompute:show-workers';
  export const showLogs = 'pccompute:show-logs';
  /** Opens the whole dashboard, or the one `plot` of it. */
  export const openDashboard = 'pccompute:open-dashboard';
  /** Hands the dashboard to the extension dask-labextension, where that is installed. */
  export const openDaskPanes = 'pccompute:open-dask-panes';
  /** Goes to a notebook or console that is connected to a cluster. */
  export const showClient = 'pccompute:show-client';
  /** Without arguments opens the dialog; with `label` and `address` connects at once. */
  export const connectGateway = 'pccompute:connect-gateway';
  export const editGateway = 'pccompute:edit-gateway';
  export const forgetGateway = 'pccompute:forget-gateway';
  /** Asks for a credential. It takes none as an argument: arguments of commands are recorded. */
  export const signIn = 'pccompute:sign-in';
  export const deleteCredential = 'pccompute:delete-credential';
  /** Checks the connection to a backend step by step. */
  export const checkBackend = 'pccompute:check-backend';
  /** Looks for what clusters have left behind that nobody here knows of, and offers to delete it. */
  export const findLeftovers = 'pccompute:find-leftovers';
  /** Deletes one of those, without a further question. */
  export const deleteLeftover = 'pccompute:delete-leftover';
}

/** A change of a cluster's size, as commands and the REST API take it. */
export type ScalingRequest = Adaptive | Manual;

/** A plot of a cluster's dashboard that can be looked at by itself. */
export interface IDashboardPlot {
  title: string;
  /** Its path below the dashboard's root, without a slash at its start. */
  path: string;
}

/**
 * The ways to the backends: gateways that a user adds, credentials, and the
 * check of a connection. All reject with an `ApiError`; with code
 * `confirm-plain-http` where the person has to be asked first.
 */
export interface IGateways {
  /** What may be chosen for a gateway and for a credential. */
  form(): Promise<ConnectForm>;
  /** What a hub like the Planetary Computer's mostly has where; asks nobody and keeps nothing. */
  preset(hub: string): Promise<Preset>;
  /** How a gateway that the user added is set up. */
  definition(backend: string): Promise<GatewayDefinition>;
  add(gateway: SaveGateway): Promise<Backend>;
  change(backend: string, gateway: SaveGateway): Promise<Backend>;
  /** Forgets a gateway, and its credential unless another backend uses that. */
  forget(backend: string): Promise<void>;
  /** Verifies a credential and keeps it in place of an earlier one. */
  signIn(backend: string, credential: PutCredential): Promise<CredentialStatus>;
  deleteCredential(backend: string): Promise<void>;
  /** Takes as long as its slowest step: up to a minute. `kernel` is the id of one whose versions to compare; `onStep` gets each step once it is done. */
  check(
    backend: string,
    kernel?: string | null,
    onStep?: (step: CheckStep) => void
  ): Promise<CheckReport>;
}

/** What of a kernel's packages differs from a cluster's and is known to break things. */
export interface IVersionHints {
  /** Emitted with the id of a cluster whose hint came, changed or went. */
  readonly changed: ISignal<IVersionHints, string>;
  /** For the kernel that was compared last; empty where nothing matters, and once the person has dismissed it. */
  of(cluster: string): readonly VersionDifference[];
  /**
   * Compares a kernel with a cluster, as soon as that runs. Resolves once that
   * is done, also where it could not be: a hint is never in anybody's way.
   */
  compare(cluster: string, kernel: string): Promise<void>;
  /** Takes a hint away. It comes back only with other differences. */
  dismiss(cluster: string): void;
}

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
  readonly gateways: IGateways;
  readonly versionHints: IVersionHints;

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
  /** What there is to choose for a new cluster, given the values of some options; may take a while. */
  offers(
    backend: string,
    options: { [name: string]: unknown }
  ): Promise<Offers>;
  /** What clusters have left behind that nobody here knows of; may take a while. */
  leftovers(backend: string): Promise<LeftoverList>;
  /** Begins to delete one of those; until nothing of it is left, it is listed as a cluster. */
  deleteLeftover(backend: string, leftover: string): Promise<Cluster>;
  /**
   * The cluster is listed, pending, before the server has answered; it leaves the list again where the promise rejects.
   *
   * It may take the place of a failed one, whose id is `replaced`: that leaves the list and, once the new one exists, is dismissed.
   */
  create(request: CreateCluster, replaced?: string): Promise<Cluster>;
  rename(id: string, label: string | null): Promise<Cluster>;
  scale(id: string, scaling: ScalingRequest): Promise<Cluster>;
  /** Stops a cluster, cancels a pending one, dismisses a failed or stopped one. */
  stop(id: string): Promise<void>;
  /** The ways to a cluster, the usual one first; their code avoids the names that are `taken`. */
  snippets(id: string, taken?: readonly string[]): Promise<Snippet[]>;
  /** The ways that need no cluster yet, the one that makes what `request` says first. */
  newClusterSnippets(
    request: CreateCluster,
    taken?: readonly string[]
  ): Promise<Snippet[]>;
  workers(id: string): Promise<WorkerInfo[]>;
  /** The latest `lines` of the scheduler's log and of each worker's. */
  logs(id: string, lines?: number): Promise<LogList>;
  /** The plots that the cluster's dashboard offers, by title. */
  plots(id: string): Promise<IDashboardPlot[]>;
  /**
   * The absolute URL at which this server shows a cluster's dashboard, or what
   * lies at `path` below its root. Nothing is asked: there need not be one.
   */
  dashboardUrl(id: string, path?: string): string;
}

export const IClusterManager = new Token<IClusterManager>(
  'pccompute-ext:IClusterManager',
  'Dask clusters on all the backends that the server extension pccompute_ext manages.'
);
