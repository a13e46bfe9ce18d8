import { engineError, type SwarmInspect } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";

/** Body of `POST /swarm/update`, and `Spec` of `POST /swarm/init`. */
export interface SwarmSpec {
  readonly Name?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Orchestration?: { readonly TaskHistoryRetentionLimit?: number | null };
  readonly Raft?: {
    readonly SnapshotInterval?: number;
    readonly KeepOldSnapshots?: number | null;
    readonly LogEntriesForSlowFollowers?: number;
    readonly ElectionTick?: number;
    readonly HeartbeatTick?: number;
  };
  readonly Dispatcher?: { readonly HeartbeatPeriod?: number };
  readonly CAConfig?: {
    readonly NodeCertExpiry?: number;
    readonly ExternalCAs?: readonly (ExternalCA | null)[] | null;
    readonly SigningCACert?: string;
    readonly SigningCAKey?: string;
    readonly ForceRotate?: number;
  };
  readonly EncryptionConfig?: { readonly AutoLockManagers?: boolean };
}

interface ExternalCA {
  readonly Protocol?: string;
  readonly URL?: string;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly CACert?: string;
}

/** A swarm's settings. Times are in nanoseconds. */
export interface ClusterSpec {
  readonly labels: Readonly<Record<string, string>>;
  readonly taskHistoryRetentionLimit: number;
  readonly snapshotInterval: number;
  readonly keepOldSnapshots: number;
  readonly logEntriesForSlowFollowers: number;
  readonly electionTick: number;
  readonly heartbeatTick: number;
  readonly heartbeatPeriod: number;
  readonly nodeCertExpiry: number;
  readonly externalCAs: readonly Required<ExternalCA>[];
  readonly forceRotate: number;
  readonly autoLockManagers: boolean;
}

/** The settings of a swarm by default. */
export const defaultSpec: ClusterSpec = {
  labels: {},
  taskHistoryRetentionLimit: 5,
  snapshotInterval: 10_000,
  keepOldSnapshots: 0,
  logEntriesForSlowFollowers: 500,
  electionTick: 10,
  heartbeatTick: 1,
  heartbeatPeriod: 5_000_000_000,
  nodeCertExpiry: 7_776_000_000_000_000,
  externalCAs: [],
  forceRotate: 0,
  autoLockManagers: false,
};

/**
 * The settings of an update that leaves everything out. An update replaces all settings, so a missing one is
 * zero and not its default.
 */
export const emptySpec: ClusterSpec = {
  ...defaultSpec,
  taskHistoryRetentionLimit: 0,
  snapshotInterval: 0,
  logEntriesForSlowFollowers: 0,
  electionTick: 0,
  heartbeatTick: 0,
  heartbeatPeriod: 0,
  nodeCertExpiry: 0,
};

/** Returns `base` with the settings in `asked`. @throws 400 */
export function mergedSpec(asked: SwarmSpec, base: ClusterSpec): ClusterSpec {
  const { Orchestration, Raft, Dispatcher, CAConfig, EncryptionConfig } = asked;
  if (CAConfig?.SigningCACert || CAConfig?.SigningCAKey) {
    throw engineError(501, "the simulator does not serve swarms with a signing certificate of one's own");
  }
  const labels = asked.Labels ?? {};
  const externalCAs = (CAConfig?.ExternalCAs ?? []).map((ca) => readExternalCA(ca ?? {}));
  return {
    labels: Object.keys(labels).length > 0 ? sortedByKey(labels) : base.labels,
    taskHistoryRetentionLimit: Orchestration?.TaskHistoryRetentionLimit ?? base.taskHistoryRetentionLimit,
    snapshotInterval: Raft?.SnapshotInterval || base.snapshotInterval,
    keepOldSnapshots: Raft?.KeepOldSnapshots ?? base.keepOldSnapshots,
    logEntriesForSlowFollowers: Raft?.LogEntriesForSlowFollowers || base.logEntriesForSlowFollowers,
    electionTick: Raft?.ElectionTick || base.electionTick,
    heartbeatTick: Raft?.HeartbeatTick || base.heartbeatTick,
    heartbeatPeriod: Dispatcher?.HeartbeatPeriod || base.heartbeatPeriod,
    nodeCertExpiry: CAConfig?.NodeCertExpiry || base.nodeCertExpiry,
    externalCAs: externalCAs.length > 0 ? externalCAs : base.externalCAs,
    forceRotate: CAConfig?.ForceRotate ?? base.forceRotate,
    autoLockManagers: EncryptionConfig?.AutoLockManagers ?? false,
  };
}

function readExternalCA({ Protocol = "", URL = "", Options, CACert = "" }: ExternalCA): Required<ExternalCA> {
  if (Protocol.toLowerCase() !== "cfssl") {
    throw engineError(400, `invalid protocol: ${JSON.stringify(Protocol)}`);
  }
  return { Protocol: "cfssl", URL, Options: Options ? sortedByKey(Options) : null, CACert };
}

const shortestCertificateExpiry = 3_600_000_000_000;

/** Returns swarmkit's objection to the settings, or `undefined`. */
export function specProblem({ heartbeatPeriod, nodeCertExpiry }: ClusterSpec): string | undefined {
  if (nodeCertExpiry !== 0 && nodeCertExpiry < shortestCertificateExpiry) {
    return "rpc error: code = InvalidArgument desc = minimum certificate expiry time is: 1h0m0s";
  }
  if (heartbeatPeriod < 0) {
    return "rpc error: code = InvalidArgument desc = heartbeat time period cannot be a negative duration";
  }
  return undefined;
}

/** Checks the name, which is always `default`. @throws 400 */
export function checkName({ Name }: SwarmSpec): void {
  if (Name && Name !== "default") throw engineError(400, 'swarm spec must be named "default"');
}

/** Returns a swarm's settings as the API shows them. */
export function showSpec(spec: ClusterSpec): SwarmInspect["Spec"] {
  return {
    Name: "default",
    Labels: { ...spec.labels },
    Orchestration: { TaskHistoryRetentionLimit: spec.taskHistoryRetentionLimit },
    Raft: {
      ...(spec.snapshotInterval && { SnapshotInterval: spec.snapshotInterval }),
      KeepOldSnapshots: spec.keepOldSnapshots,
      ...(spec.logEntriesForSlowFollowers && {
        LogEntriesForSlowFollowers: spec.logEntriesForSlowFollowers,
      }),
      ElectionTick: spec.electionTick,
      HeartbeatTick: spec.heartbeatTick,
    },
    Dispatcher: { ...(spec.heartbeatPeriod && { HeartbeatPeriod: spec.heartbeatPeriod }) },
    CAConfig: {
      ...(spec.nodeCertExpiry && { NodeCertExpiry: spec.nodeCertExpiry }),
      ...(spec.externalCAs.length > 0 && { ExternalCAs: spec.externalCAs.map(showExternalCA) }),
      ...(spec.forceRotate && { ForceRotate: spec.forceRotate }),
    },
    TaskDefaults: {},
    EncryptionConfig: { AutoLockManagers: spec.autoLockManagers },
  };
}

function showExternalCA({ Protocol, URL, Options, CACert }: Required<ExternalCA>) {
  return {
    Protocol,
    URL,
    ...(Options && Object.keys(Options).length > 0 && { Options: { ...Options } }),
    CACert,
  };
}
