/* eslint-disable */
/*
 * The wire types, generated from pccompute_ext/openapi.json by scripts/generate-schema.mjs.
 * Don't edit: change pccompute_ext/models.py, then run `make generate`.
 */

/**
 * With which sign-in clusters are made at a provider of machines; it is never entered here.
 */
export interface Account {
  /**
   * null where that can't be told.
   */
  signed_in: boolean | null;
  /**
   * By what, where there is one.
   */
  method: string | null;
  /**
   * The same in words, with what to do where it is missing.
   */
  text: string;
}
/**
 * Bounds between which the scheduler chooses the number of workers.
 */
export interface AdaptCluster {
  /**
   * A number of workers.
   */
  minimum?: number;
  /**
   * The most workers, at least 1.
   */
  maximum: number;
}
/**
 * Let the cluster grow and shrink with its work. There is always a maximum: an unbounded cluster costs real money.
 */
export interface Adaptive {
  mode: 'adaptive';
  /**
   * A number of workers.
   */
  minimum?: number;
  /**
   * The most workers, at least 1.
   */
  maximum: number;
}
/**
 * A way to authenticate at a gateway.
 */
export interface AuthType {
  id: string;
  title: string;
  /**
   * What has to be entered for it.
   */
  credential: ('password' | 'token') | null;
}
/**
 * A place where clusters run.
 */
export interface Backend {
  id: string;
  kind: string;
  label: string;
  address: string | null;
  state: 'needs-credential' | 'ready' | 'unavailable' | 'unreachable';
  /**
   * Why the backend is not ready, and what to do.
   */
  reason: string | null;
  /**
   * Whether the user added it, and so can edit and forget it.
   */
  editable: boolean;
  /**
   * null where it takes none that could be entered here.
   */
  credential: CredentialStatus | null;
  /**
   * null where no region of the data is set.
   */
  region: Region | null;
  /**
   * null where there is no such thing, and until it is known.
   */
  account: Account | null;
  /**
   * Whether it can look for what clusters have left behind that nobody here knows of.
   */
  finds_leftovers: boolean;
}
/**
 * What may be known of the credential that a backend is shown; never the credential itself.
 */
export interface CredentialStatus {
  /**
   * What the backend wants.
   */
  kind: 'password' | 'token';
  /**
   * The only server that it is sent to: scheme, host and port.
   */
  origin: string;
  present: boolean;
  /**
   * False where it is missing, was refused or has expired.
   */
  usable: boolean;
  source:
    ('configuration' | 'environment' | 'file' | 'keyring' | 'session') | null;
  /**
   * Where it is kept, in words that follow 'kept in'.
   */
  where: string | null;
  /**
   * Whether it can be deleted here: what the environment gives can't.
   */
  removable: boolean;
  /**
   * Whose it is, where that is known.
   */
  user: string | null;
  /**
   * What a hub's token may do, once the hub has said so.
   */
  scopes: string[] | null;
  /**
   * When it ends; null where that is not known, or never.
   */
  expires: string | null;
  /**
   * Whether it ends within a day.
   */
  expires_soon: boolean;
  /**
   * Where a person makes a new token.
   */
  token_page: string | null;
  /**
   * What a person should know of it, and what to do.
   */
  warning: string | null;
}
/**
 * Whether clusters compute beside the data. Nothing is guessed: what is not known is null.
 */
export interface Region {
  /**
   * The region of the machine of this server.
   */
  here: string | null;
  /**
   * The region in which the clusters run.
   */
  there: string | null;
  /**
   * The region of the data, as this server is set.
   */
  data: string;
  verdict: 'other' | 'same' | 'unknown';
  /**
   * The same in words.
   */
  text: string;
}
/**
 * Data of the event ``backend_status/v1``: a backend as it is now, or the id of one that is no longer there.
 */
export interface BackendEvent {
  backend: Backend | null;
  removed: string | null;
}
/**
 * Every configured backend, in the order of the configuration.
 */
export interface BackendList {
  backends: Backend[];
}
/**
 * Why a backend's clusters could not be listed.
 */
export interface BackendProblem {
  backend: string;
  code: string;
  message: string;
}
/**
 * A line of a check that tells as it goes: each step once it is done, and at the end the whole report.
 */
export interface CheckLine {
  step: CheckStep | null;
  report: CheckReport | null;
}
/**
 * One step of a check.
 */
export interface CheckStep {
  id: string;
  title: string;
  state: 'failed' | 'passed' | 'skipped' | 'warning';
  /**
   * What was found; why it was skipped.
   */
  detail: string;
  /**
   * What to do.
   */
  advice: string | null;
  milliseconds: number;
}
/**
 * What a check found.
 */
export interface CheckReport {
  backend: string;
  steps: CheckStep[];
  /**
   * The same as text for support, without credentials and names of clusters.
   */
  text: string;
}
/**
 * What to check besides the connection.
 */
export interface CheckRequest {
  /**
   * Id of the running kernel whose versions are compared.
   */
  kernel?: string | null;
}
/**
 * Somebody who is connected to a cluster.
 */
export interface ClientUse {
  /**
   * Who it is, for people.
   */
  label: string;
  /**
   * Path of the notebook or console, where it is one of this server.
   */
  notebook: string | null;
  /**
   * Id of the kernel, where it is one of this server.
   */
  kernel: string | null;
}
/**
 * The public model of a cluster.
 */
export interface Cluster {
  /**
   * Sixteen hexadecimal digits.
   */
  id: string;
  backend: string;
  /**
   * A short form of the backend's name for it; the full name is a secret.
   */
  name: string;
  label: string | null;
  state: 'failed' | 'pending' | 'running' | 'stopped' | 'stopping';
  /**
   * Why it failed or stopped.
   */
  reason: string | null;
  created: string | null;
  /**
   * While it is pending.
   */
  starting: Starting | null;
  /**
   * What is known of its start, the latest last; of one that failed, of its end.
   */
  progress: string[];
  /**
   * What is left of one that failed and may cost money; stopping it deletes that, and takes it off the list. Of one that is being stopped, what is still to be deleted.
   */
  remains: string[];
  options: {
    [k: string]: unknown;
  };
  workers: Workers;
  cores: number | null;
  memory: Memory;
  tasks: Tasks | null;
  scaling: Scaling | null;
  idle: Idle | null;
  /**
   * null where no prices are known.
   */
  cost: Cost | null;
  /**
   * How many are connected to it.
   */
  clients: number | null;
  /**
   * Those of them of whom more is known.
   */
  used_by: ClientUse[];
  /**
   * URL of the dashboard, relative to the API's root.
   */
  dashboard: string | null;
  live: Live;
  /**
   * True while the backend does not answer: these are the last known figures.
   */
  stale: boolean;
}
/**
 * How the start of a cluster goes.
 */
export interface Starting {
  since: string;
  /**
   * What a start on this backend took of late (the median).
   */
  usual_seconds: number | null;
}
/**
 * Counts of workers: ``requested`` is what the cluster wants, ``arriving`` what is wanted and not yet there.
 */
export interface Workers {
  ready: number | null;
  arriving: number | null;
  requested: number | null;
  /**
   * Why there are fewer than requested, as far as that is known.
   */
  reason: string | null;
}
/**
 * The workers' memory in bytes, summed.
 */
export interface Memory {
  limit: number | null;
  used: number | null;
}
/**
 * Counts of tasks at the scheduler.
 */
export interface Tasks {
  processing: number;
  waiting: number;
  erred: number;
}
/**
 * How a cluster's size is set, and by whom this is known.
 */
export interface Scaling {
  mode: 'adaptive' | 'manual';
  minimum: number | null;
  maximum: number | null;
  count: number | null;
  /**
   * The most workers that the backend allows, once it has said so.
   */
  limit: number | null;
  source: 'scheduler' | 'set-here';
  /**
   * False from the request until the backend has taken it.
   */
  confirmed: boolean;
  /**
   * The backend's own words where it changed what was asked for.
   */
  warning: string | null;
}
/**
 * Since when a cluster has had nothing to do, and when its backend will stop it for that.
 */
export interface Idle {
  /**
   * null while it has something to do.
   */
  since: string | null;
  /**
   * How long its backend lets it be idle, in seconds; null: not known, or for ever.
   */
  timeout: number | null;
  /**
   * When its backend stops it, unless it gets something to do.
   */
  stops_at: string | null;
}
/**
 * What a cluster costs, estimated with the operator's prices.
 */
export interface Cost {
  /**
   * With the workers that it has now.
   */
  per_hour: number | null;
  /**
   * Since its start.
   */
  total: number;
  currency: string;
  /**
   * Until when the total is.
   */
  at: string;
}
/**
 * How fresh the figures are: pushed by the scheduler, asked for over HTTP, or not to be had (and why).
 */
export interface Live {
  kind: 'http' | 'none' | 'stream';
  /**
   * Why it is not a stream, and what to do.
   */
  reason: string | null;
  /**
   * Whether kernels here can connect to the scheduler; the reason says why not. null: not known.
   */
  connectable: boolean | null;
}
/**
 * Data of the event ``cluster_status/v1``: a cluster as it is now, or the id of one that is no longer listed.
 */
export interface ClusterEvent {
  cluster: Cluster | null;
  removed: string | null;
}
/**
 * Every known cluster, and what is wrong with the backends that could not be asked.
 */
export interface ClusterList {
  clusters: Cluster[];
  problems: BackendProblem[];
}
/**
 * What may be chosen when a gateway is added or a credential is entered.
 */
export interface ConnectForm {
  /**
   * Whether users may add gateways here.
   */
  user_gateways: boolean;
  /**
   * Patterns of the addresses that may be added; null for any.
   */
  allowed_addresses: string[] | null;
  auth_types: AuthType[];
  /**
   * The allowed ones; the first available one is the default.
   */
  places: CredentialPlace[];
}
/**
 * A place where a credential could be kept, and if it can't be, why.
 */
export interface CredentialPlace {
  kind: 'file' | 'keyring' | 'session';
  title: string;
  where: string;
  available: boolean;
  reason: string | null;
}
/**
 * A request for a new cluster.
 *
 * The client may choose the ``id``: then a request that is sent again gives the same cluster, never a second one.
 */
export interface CreateCluster {
  backend: string;
  /**
   * Sixteen hexadecimal digits.
   */
  id?: string;
  options?: {
    [k: string]: unknown;
  };
  scaling?: (Adaptive | Manual) | null;
  label?: string | null;
}
/**
 * A fixed number of workers.
 */
export interface Manual {
  mode: 'manual';
  /**
   * A number of workers.
   */
  count: number;
}
/**
 * The body of every answer that is not a success.
 */
export interface Error {
  message: string;
  code: string;
  detail: {
    [k: string]: unknown;
  };
}
/**
 * A Dask Gateway that a user adds. It holds no credential: that is given apart, once the gateway is there.
 */
export interface GatewayDefinition {
  /**
   * A display name, chosen by the user.
   */
  label: string;
  /**
   * URL of the gateway.
   */
  address: string;
  /**
   * Where schedulers are reached; by default host and port of the address.
   */
  proxy_address: string | null;
  /**
   * URL of the gateway for browsers, where it is another.
   */
  public_address: string | null;
  /**
   * An id of `ConnectForm.auth_types`.
   */
  auth: string;
  /**
   * URL of the JupyterHub, for verifying tokens; by default as the address tells.
   */
  hub: string | null;
  /**
   * The image that new clusters have unless another is chosen.
   */
  image: string | null;
}
/**
 * Version and capabilities; the front end compares them with its own at start.
 */
export interface Handshake {
  version: string;
  capabilities: string[];
}
/**
 * What seems to be left of a cluster that nobody here knows of. It may be in use all the same, by somebody else or on another computer.
 */
export interface Leftover {
  /**
   * Of what is left, for deleting it.
   */
  id: string;
  /**
   * By which its resources are known.
   */
  cluster: string;
  /**
   * Where they are, in words.
   */
  place: string;
  /**
   * Each in words.
   */
  resources: string[];
}
/**
 * All that was found.
 */
export interface LeftoverList {
  leftovers: Leftover[];
  /**
   * Where it was looked, in words.
   */
  looked_into: string[];
  /**
   * Why not everywhere, and what to do.
   */
  reason: string | null;
}
/**
 * One entry of a log; its message may have several lines.
 */
export interface LogLine {
  message: string;
  level: ('critical' | 'debug' | 'error' | 'info' | 'warning') | null;
  time: string | null;
}
/**
 * The latest lines of a cluster's logs, the scheduler's first. What looks like a secret is left out of them.
 */
export interface LogList {
  sources: LogSource[];
  /**
   * Why there are not more sources.
   */
  problem: string | null;
}
/**
 * The log of one process.
 */
export interface LogSource {
  /**
   * `scheduler`, or the name of a worker.
   */
  source: string;
  /**
   * The latest last.
   */
  lines: LogLine[];
  /**
   * Why some or all of it could not be had.
   */
  problem: string | null;
}
/**
 * A request for code that makes a cluster as it is chosen here.
 */
export interface NewClusterCode {
  options?: {
    [k: string]: unknown;
  };
  scaling?: (Adaptive | Manual) | null;
  /**
   * Names that are in use already, which the code leaves alone.
   */
  taken?: string[];
}
/**
 * What there is to choose for a new cluster. These are suggestions: other values may be good too.
 */
export interface Offers {
  /**
   * By property of the form; those of which nothing is known are left out.
   */
  values: {
    [k: string]: string[];
  };
  /**
   * Why nothing, or not everything, could be found out, and what to do.
   */
  reason: string | null;
}
/**
 * A question for what there is to choose, given what is chosen already.
 */
export interface OffersQuestion {
  options?: {
    [k: string]: unknown;
  };
}
/**
 * What a backend lets its users choose for a new cluster.
 */
export interface OptionsForm {
  /**
   * A JSON Schema of type object, one property an option. It may have `x-warning`, a text to show while the value is not `x-expected`, and `x-depends`, the names of the options on whose values its offers depend.
   */
  schema: {
    [k: string]: unknown;
  };
  /**
   * A value for each property.
   */
  defaults: {
    [k: string]: unknown;
  };
  /**
   * The most workers that a cluster may have, where it is known.
   */
  limit: number | null;
  presets: OptionsPreset[];
}
/**
 * Values for a new cluster that an operator has given a name.
 */
export interface OptionsPreset {
  id: string;
  label: string;
  /**
   * A value for some of the properties; the others are as by default.
   */
  options: {
    [k: string]: unknown;
  };
}
/**
 * What a hub like the Planetary Computer's mostly has where; to be shown for editing.
 */
export interface Preset {
  label: string;
  hub: string;
  address: string;
  proxy_address: string;
  auth: string;
  token_page: string;
  /**
   * The least that a token needs.
   */
  scopes: string[];
}
/**
 * The address of a hub, or of any page of it.
 */
export interface PresetRequest {
  hub: string;
}
/**
 * A credential that somebody entered. It is verified before it is kept.
 */
export interface PutCredential {
  /**
   * The token or the password; never given back.
   */
  value: string;
  /**
   * With a password.
   */
  username?: string | null;
  /**
   * Where to keep it; by default the first place that can.
   */
  store?: ('file' | 'keyring' | 'session') | null;
  /**
   * Set after the person was asked: what is sent there could be read on the way.
   */
  confirm_plain_http?: boolean;
}
/**
 * A request to add or change a gateway.
 */
export interface SaveGateway {
  /**
   * A display name, chosen by the user.
   */
  label: string;
  /**
   * URL of the gateway.
   */
  address: string;
  /**
   * Where schedulers are reached; by default host and port of the address.
   */
  proxy_address?: string | null;
  /**
   * URL of the gateway for browsers, where it is another.
   */
  public_address?: string | null;
  /**
   * An id of `ConnectForm.auth_types`.
   */
  auth?: string;
  /**
   * URL of the JupyterHub, for verifying tokens; by default as the address tells.
   */
  hub?: string | null;
  /**
   * The image that new clusters have unless another is chosen.
   */
  image?: string | null;
  /**
   * Set after the person was asked: what is sent there could be read on the way.
   */
  confirm_plain_http?: boolean;
}
/**
 * A fixed number of workers.
 */
export interface ScaleCluster {
  /**
   * A number of workers.
   */
  count: number;
}
/**
 * One way in, as code.
 */
export interface Snippet {
  /**
   * Of the way: the same for every cluster and backend.
   */
  id: string;
  title: string;
  /**
   * When to use it.
   */
  description: string;
  /**
   * python, sh, fish, powershell, yaml, json or markdown.
   */
  language: string;
  code: string;
  /**
   * The name under which it has to be saved, where it is a file.
   */
  filename: string | null;
  links: SnippetLink[];
  /**
   * null where it leaves none behind that are known.
   */
  names: SnippetNames | null;
}
/**
 * A page that a person needs for a snippet.
 */
export interface SnippetLink {
  label: string;
  url: string;
}
/**
 * The variables that a piece of Python leaves behind.
 */
export interface SnippetNames {
  /**
   * Of the cluster; null where there is a client alone.
   */
  cluster: string | null;
  /**
   * Of the client that is connected to it.
   */
  client: string;
}
/**
 * Every way in that applies, the usual one first.
 */
export interface SnippetList {
  snippets: Snippet[];
}
/**
 * What can be changed of a cluster's description; ``null`` takes the label away.
 */
export interface UpdateCluster {
  label: string | null;
}
/**
 * A package that is not the same in a kernel and on a cluster; null where it is missing.
 */
export interface VersionDifference {
  package: string;
  kernel: string | null;
  scheduler: string | null;
  /**
   * The versions of the workers, each once.
   */
  workers: (string | null)[];
  /**
   * Whether it is known to break things.
   */
  matters: boolean;
  /**
   * What it breaks; null where it does not matter.
   */
  why: string | null;
  advice: string;
}
/**
 * How the packages of a kernel differ from those of a cluster.
 */
export interface VersionReport {
  /**
   * Those that matter first.
   */
  differences: VersionDifference[];
  /**
   * What could be looked at: kernel or server, scheduler, workers.
   */
  compared: string[];
  /**
   * Why not all of it could be.
   */
  problem: string | null;
}
/**
 * One worker.
 */
export interface WorkerInfo {
  name: string;
  /**
   * In Dask's words: running, paused, closing_gracefully …
   */
  status: string;
  threads: number;
  memory: Memory;
  /**
   * How many cores it keeps busy: 1 is one whole core.
   */
  cpu: number | null;
  /**
   * How many tasks it has to do or is doing.
   */
  tasks: number | null;
  /**
   * When the scheduler last heard of it.
   */
  last_seen: string | null;
}
/**
 * Every worker of a cluster, by name.
 */
export interface WorkerList {
  workers: WorkerInfo[];
}
