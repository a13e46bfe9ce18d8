import { type BooleanRules, strictBooleans } from "./filters.js";
import { row, since26, since28 } from "./row.js";

interface BuildCacheSizes {
  readonly status: number;
  readonly since: Readonly<Record<string, string>>;
}

/** What differs between releases in system. Each row says where it was seen. */
export const systemRows = {
  /** Seen in `GET /version`, here without the distribution's suffix. */
  version: row("20.10.24", "26.1.5", "28.5.2"),

  /** Newest API version. Seen in `GET /version` and in the headers of every answer. */
  apiVersion: row("1.41", "1.45", "1.51"),

  /** Oldest API version. Seen in `GET /version`. */
  minApiVersion: row("1.12", "1.24", "1.24"),

  /** Seen in `GET /version`. 28.5 has the whole commit. */
  gitCommit: row("5d6db84", "411e817", "3ef3c07c883be49a2e8097bcf6d2952fce1d70eb"),

  /** Seen in `GET /version`. */
  goVersion: row("go1.19.8", "go1.24.4", "go1.27.1"),

  /** Seen in `GET /version`. */
  buildTime: row(
    "2026-05-07T21:09:36.000000000+00:00",
    "2026-08-13T05:35:48.000000000+00:00",
    "2026-09-15T11:02:57.000000000+00:00",
  ),

  /** The engine's parts, by the version that each tells of itself. Seen in `GET /version`. */
  containerd: row("1.6.20", "1.7.24", "2.1.9"),
  runc: row("1.1.5", "1.1.15", "1.3.6"),
  init: row("0.19.0", "0.19.0", "0.19.0"),

  /** Header `Builder-Version` of a ping; 20.10 has none where BuildKit is not switched on. Seen in `GET /_ping`. */
  builderVersion: since26("", "2"),

  /** Header `Swarm` of a ping. Seen in `GET /_ping`. */
  hasSwarmHeader: since26(false, true),

  /** `ID` of info is the host's id itself; before, 12 groups of 4 letters and digits. Seen in `GET /info`. */
  idIsHostId: since26(false, true),

  /** `DriverStatus` tells of metacopy. Seen in `GET /info`. */
  tellsOfMetacopy: since26(false, true),

  /** The builder tells its size, and nothing of a cache. Seen in `GET /system/df`. */
  showsBuilderSize: since26(true, false),

  /** Seen in `GET /info`. */
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
  ),

  /** `KernelMemory` whatever API version is asked for; later only before 1.42. Seen in `GET /info`. */
  alwaysHasKernelMemory: since26(true, false),

  /** `BridgeNfIptables` and `BridgeNfIp6tables`; 28.5 has them before API 1.50 only, and false. Seen in `GET /info`. */
  knowsBridgeNf: since28(true, false),

  /** A prune of the build cache takes instants for `until`, too. Seen: `until=zz`. */
  buildCacheTakesTimes: since26(false, true),

  /** Plugins' `enabled`. Seen: `x`, `["true","false"]`. */
  pluginsEnabled: since26<BooleanRules>(
    { digits: false, emptyIsTrue: false, trueWins: true },
    strictBooleans,
  ),

  /** Stands before what is wrong with the JSON of a prune's filters. Seen: `POST /build/prune?filters=x`. */
  buildFiltersPrefix: since26("could not parse filters: ", ""),

  /** How a build that has no id is refused to be cancelled. Seen: `POST /build/cancel`. */
  noBuildIdStatus: since26(500, 400),

  /** Sizes that a prune of the build cache must be able to read, with the API version that brought each. Seen: `x`. */
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

  /** Where `ExecutionDriver` stands for clients of an API before 1.25. Seen in `GET /info`. */
  tellsOfExecutionDriver: row<"last" | "before warnings" | "never">("last", "before warnings", "never"),

  /** Seen in `GET /info`. */
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
  ),

  /** Names of the runtimes. Seen in `GET /info`. */
  runtimes: since26(
    ["io.containerd.runc.v2", "io.containerd.runtime.v1.linux", "runc"],
    ["io.containerd.runc.v2", "runc"],
  ),

  /** What a runtime says it can do; real ones say more. Seen in `GET /info`, from API 1.44 on. */
  runtimeFeatures: row<string | undefined>(
    undefined,
    '{"ociVersionMin":"1.0.0","ociVersionMax":"1.2.0"}',
    '{"ociVersionMin":"1.0.0","ociVersionMax":"1.2.1"}',
  ),

  /** `ContainerdCommit` and the like repeat themselves as `Expected`. Seen in `GET /info`. */
  hasExpectedCommits: since28(true, false),

  /** Name of the default seccomp profile. Seen in `GET /info`. */
  seccompProfile: since26("default", "builtin"),

  /** `CDISpecDirs`; 20.10 has no such field. Seen in `GET /info`. */
  cdiSpecDirs: row<readonly string[] | undefined>(undefined, [], ["/etc/cdi", "/var/run/cdi"]),

  /** `FirewallBackend` and `Containerd`. Seen in `GET /info`. */
  tellsOfBackends: since28(false, true),

  /**
   * Whether info for API versions before 1.50 is made over: keys sorted, fields of then put back.
   * Seen in `GET /info` of 28.5 at 1.41 to 1.49.
   */
  makesOldInfoOver: since28(false, true),
};
