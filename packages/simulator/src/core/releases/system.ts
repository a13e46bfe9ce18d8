import { type BooleanRules, strictBooleans } from "./filters.js";
import { row, since26, since28, since29 } from "./row.js";

interface BuildCacheSizes {
  readonly status: number;
  readonly since: Readonly<Record<string, string>>;
}

interface Storage {
  readonly driver: string;
  readonly status: readonly (readonly [string, string])[];
}

function overlayStatus(more: Storage["status"]): Storage["status"] {
  return [
    ["Backing Filesystem", "extfs"],
    ["Supports d_type", "true"],
    ...more,
    ["Native Overlay Diff", "true"],
    ["userxattr", "false"],
  ];
}

/**
 * Differences between releases in `GET /version`, `/info`, `/_ping` and `/system/df`, in plugins and in the
 * build cache. The comment of a boolean row describes `true`. "Seen" names the request that showed the
 * difference.
 */
export const systemRows = {
  /** The engine's version, without the distribution's suffix. Seen in `GET /version`. */
  version: row("20.10.24", "26.1.5", "28.5.2", "29.7.2"),

  /** Newest API version. Seen in `GET /version` and in the headers of every answer. */
  apiVersion: row("1.41", "1.45", "1.51", "1.55"),

  /** Oldest API version. Seen in `GET /version`. */
  minApiVersion: row("1.12", "1.24", "1.24", "1.40"),

  /** The commit that the engine was built from. 28.5 has the whole hash. Seen in `GET /version`. */
  gitCommit: row("5d6db84", "411e817", "3ef3c07c883be49a2e8097bcf6d2952fce1d70eb", "6a43e3d"),

  /** The Go version that the engine was built with. Seen in `GET /version`. */
  goVersion: row("go1.19.8", "go1.24.4", "go1.27.1", "go1.26.5"),

  /** When the engine was built. Seen in `GET /version`. */
  buildTime: row(
    "2026-05-07T21:09:36.000000000+00:00",
    "2026-08-13T05:35:48.000000000+00:00",
    "2026-09-15T11:02:57.000000000+00:00",
    "2026-08-05T18:24:27.000000000+00:00",
  ),

  /** The versions that the engine's components report. Seen in `GET /version`. */
  containerd: row("1.6.20", "1.7.24", "2.1.9"),
  runc: row("1.1.5", "1.1.15", "1.3.6"),
  init: row("0.19.0", "0.19.0", "0.19.0"),

  /**
   * Header `Builder-Version` of a ping. 20.10 has none unless BuildKit is switched on. Seen in `GET /_ping`.
   */
  builderVersion: since26("", "2"),

  /** A ping has the header `Swarm`. Seen in `GET /_ping`. */
  hasSwarmHeader: since26(false, true),

  /** `ID` of info is the host's id. 20.10 shows 12 groups of 4 letters and digits. Seen in `GET /info`. */
  idIsHostId: since26(false, true),

  /** The storage driver and its `DriverStatus`. Since 29 containerd keeps images. Seen in `GET /info`. */
  storage: row<Storage>(
    { driver: "overlay2", status: overlayStatus([]) },
    { driver: "overlay2", status: overlayStatus([["Using metacopy", "false"]]) },
    { driver: "overlay2", status: overlayStatus([["Using metacopy", "false"]]) },
    { driver: "overlayfs", status: [["driver-type", "io.containerd.snapshotter.v1"]] },
  ),

  /** The answer has the builder's size and no build cache. Seen in `GET /system/df`. */
  showsBuilderSize: since26(true, false),

  /**
   * Disk usage is counted by kind. `since` is the API version from which clients see that, with the lists of
   * before unless they ask for all with `verbose`. Seen in `GET /system/df`.
   */
  usageByKind: since29<{ readonly since: string } | undefined>(undefined, { since: "1.52" }),

  /** The log drivers. Seen in `GET /info`. */
  logDrivers: row(
    [
      "awslogs",
      "fluentd",
      "gcplogs",
      "gelf",
      "journald",
      "json-file",
      "local",
      "logentries",
      "splunk",
      "syslog",
    ],
    ["awslogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local", "splunk", "syslog"],
    ["awslogs", "fluentd", "gelf", "journald", "json-file", "local", "splunk", "syslog"],
    ["awslogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local", "splunk", "syslog"],
  ),

  /**
   * Whether `KernelMemory` is shown: at any API version, before 1.42, or never. Seen in `GET /info`.
   */
  kernelMemory: row<"always" | "before 1.42" | "never">("always", "before 1.42", "before 1.42", "never"),

  /** `KernelMemoryTCP` is shown. Seen in `GET /info`. */
  hasKernelMemoryTcp: since29(true, false),

  /**
   * `BridgeNfIptables` and `BridgeNfIp6tables` have their values. 28.5 shows them before API 1.50 only, as
   * false. Seen in `GET /info`.
   */
  knowsBridgeNf: since28(true, false),

  /** A prune of the build cache accepts a timestamp for `until`, not only a duration. Seen: `until=zz`. */
  buildCacheTakesTimes: since26(false, true),

  /** How the plugins' filter `enabled` is read. Seen: `x`, `["true","false"]`. */
  pluginsEnabled: since26<BooleanRules>(
    { digits: false, emptyIsTrue: false, trueWins: true },
    strictBooleans,
  ),

  /** Status of a plugin's reference that is none. Seen: `GET /plugins/privileges`. */
  badPluginReferenceStatus: since29(500, 400),

  /** The prefix of a JSON error in the filters of a build prune. Seen: `POST /build/prune?filters=x`. */
  buildFiltersPrefix: since26("could not parse filters: ", ""),

  /** Status of a build cancel without a build id. Seen: `POST /build/cancel`. */
  noBuildIdStatus: since26(500, 400),

  /**
   * The size parameters of a build prune: the status of one that does not parse, and the API version that
   * brought each. Seen: `x`.
   */
  buildCacheSizes: row<BuildCacheSizes>(
    { status: 500, since: { "keep-storage": "" } },
    { status: 400, since: { "keep-storage": "" } },
    {
      status: 400,
      since: {
        "reserved-space": "1.48",
        "max-used-space": "1.48",
        "min-free-space": "1.48",
        "keep-storage": "",
      },
    },
  ),

  /** The place of `ExecutionDriver` for clients of API versions before 1.25. Seen in `GET /info`. */
  tellsOfExecutionDriver: row<"last" | "before warnings" | "never">("last", "before warnings", "never"),

  /** `RegistryConfig`. Seen in `GET /info`. */
  registryConfig: row<Readonly<Record<string, unknown>>>(
    {
      AllowNondistributableArtifactsCIDRs: [],
      AllowNondistributableArtifactsHostnames: [],
      InsecureRegistryCIDRs: ["127.0.0.0/8"],
      IndexConfigs: { "docker.io": { Name: "docker.io", Mirrors: [], Secure: true, Official: true } },
      Mirrors: [],
    },
    {
      AllowNondistributableArtifactsCIDRs: null,
      AllowNondistributableArtifactsHostnames: null,
      InsecureRegistryCIDRs: ["127.0.0.0/8"],
      IndexConfigs: { "docker.io": { Name: "docker.io", Mirrors: [], Secure: true, Official: true } },
      Mirrors: null,
    },
    {
      IndexConfigs: { "docker.io": { Mirrors: [], Name: "docker.io", Official: true, Secure: true } },
      InsecureRegistryCIDRs: ["::1/128", "127.0.0.0/8"],
      Mirrors: null,
    },
    {
      InsecureRegistryCIDRs: ["::1/128", "127.0.0.0/8"],
      IndexConfigs: { "docker.io": { Name: "docker.io", Mirrors: [], Secure: true, Official: true } },
      Mirrors: [],
    },
  ),

  /** Names of the runtimes. Seen in `GET /info`. */
  runtimes: since26(
    ["io.containerd.runc.v2", "io.containerd.runtime.v1.linux", "runc"],
    ["io.containerd.runc.v2", "runc"],
  ),

  /**
   * The features that a runtime reports; real runtimes report more. Seen in `GET /info`, from API 1.44 on.
   */
  runtimeFeatures: row<string | undefined>(
    undefined,
    '{"ociVersionMin":"1.0.0","ociVersionMax":"1.2.0"}',
    '{"ociVersionMin":"1.0.0","ociVersionMax":"1.2.1"}',
  ),

  /**
   * `ContainerdCommit`, `RuncCommit` and `InitCommit` repeat their id as `Expected`. Seen in `GET /info`.
   */
  hasExpectedCommits: since28(true, false),

  /** Older clients see `Expected` also where no commit is known. Seen in `GET /v1.48/info`: `InitCommit`. */
  expectsNoCommit: since29(false, true),

  /** What the engine warns of. Seen in `GET /info` on a host with the first version of control groups. */
  warnings: since29<readonly string[] | null>(null, [
    "WARNING: Support for cgroup v1 is deprecated and planned to be removed by no later than May 2029 (https://github.com/moby/moby/issues/51111)",
  ]),

  /** `FirewallBackend.Info`; `undefined` when there is none. Seen in `GET /info`. */
  firewallInfo: since29<readonly (readonly [string, string])[] | undefined>(undefined, [
    ["EnableUserlandProxy", "true"],
    ["UserlandProxyPath", "/usr/sbin/docker-proxy"],
  ]),

  /** The Go module that the engine is; empty when it does not say. Seen in `GET /version`. */
  module: since29("", "github.com/moby/moby/v2"),

  /** The parts of `GET /version` have an order of their own, in which components come late. Seen. */
  versionFirst: since29(false, true),

  /** Name of the default seccomp profile. Seen in `GET /info`. */
  seccompProfile: since26("default", "builtin"),

  /** `CDISpecDirs`; `undefined` when there is no such field. Seen in `GET /info`. */
  cdiSpecDirs: row<readonly string[] | undefined>(undefined, [], ["/etc/cdi", "/var/run/cdi"]),

  /** Info has `FirewallBackend` and `Containerd`. Seen in `GET /info`. */
  tellsOfBackends: since28(false, true),

  /**
   * Info for API versions before 1.50 is converted: its keys are sorted, and fields of older versions are put
   * back. Seen in `GET /info` of 28.5 at 1.41 to 1.49.
   */
  makesOldInfoOver: since28(false, true),
};
