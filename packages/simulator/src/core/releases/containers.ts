import { row, since26, since28, since29 } from "./row.js";

/** An engine's refusal: the HTTP status and the message. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** The reason why a namespace of another container cannot be joined. */
export interface JoinProblem extends Refusal {
  /** `true` when that container does not exist. */
  readonly unknown?: boolean;
}

/** A container's port, as messages name it. */
interface PublishedPort {
  readonly number: number;
  readonly protocol: string;
}

/** How a release words and checks restart policies. */
interface RestartPolicyRules {
  /** A maximum retry count without a policy's name is accepted. */
  readonly namelessMayCount: boolean;
  readonly negative: string;
  readonly unknown: (name: string) => string;
  readonly pointless: (name: string, retries: number) => string;
}

/** A step at the end of a container's process. `stop` is left out unless a client stopped the process. */
type ExitStep = "die" | "detach" | "stop";

const maskedPaths = [
  "/proc/asound",
  "/proc/acpi",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/proc/scsi",
  "/sys/firmware",
];

type OneShotWithoutNetwork = Partial<
  Record<"stopped" | "removed", (owner: string) => { readonly status: number; readonly message: string }>
>;

const ownerGone = (id: string) => `Could not get container for ${id}: No such container: ${id}`;

interface ClashingPort {
  readonly protocols: ReadonlySet<string>;
  readonly failure: (address: string, tried: number, protocol: string) => string;
}

type HostPortFailure = (
  why: string,
  address: string,
  tried: number,
  asked: { readonly first: number; readonly last: number },
  port: PublishedPort,
  containerAddress: string,
) => string;

const userlandProxyFailure: HostPortFailure = (why, address, tried, _asked, { protocol }) =>
  `Error starting userland proxy: listen ${protocol}${familyDigit(address)} ${bracketed(address)}:${tried}: bind: ${why}`;

/** The bytes that a host name may have on Linux. */
const mostHostname = 64;

interface GpuDriver {
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly failure: string;
}

/** A value of the filters `expose` and `publish`: whole, without its protocol, and the ends of its range. */
interface AskedPorts {
  readonly value: string;
  readonly range: string;
  readonly first: string;
  readonly last: string;
}

function portProblem(number: string): string | undefined {
  if (number === "") return "value is empty";
  if (!/^\d+$/.test(number)) return "invalid syntax";
  return Number(number) > 65_535 ? "value out of range" : undefined;
}

const hookPrefix = "error running hook #0: error running hook: exit status 1, stdout: , stderr: ";
const bracketed = (address: string): string => (address.includes(":") ? `[${address}]` : address);
const familyDigit = (address: string): 4 | 6 => (address.includes(":") ? 6 : 4);

/**
 * Prefixes of the failures of containerd and runc. containerd reports that a task could not be created, runc
 * that the container could not.
 */
const taskFailed = "failed to create task for container: ";
const runcFailed = "failed to create shim task: OCI runtime create failed: runc create failed: ";
const runcFailures = row(
  (reason: string) => `${runcFailed}${reason}: unknown`,
  (reason: string) => `${taskFailed}${runcFailed}${reason}: unknown`,
  (reason: string) => `${taskFailed}${runcFailed}${reason}`,
);
const notStarted = "unable to start container process: ";
const inInit = "error during container init: ";

const execNotStarted = { status: 400, message: "exec process is not started" };

/**
 * Differences between releases in containers and execs. The comment of a boolean row describes `true`. "Seen"
 * names the request that showed the difference; a number in parentheses is a section of docs/engine-facts.md.
 */
export const containersRows = {
  /**
   * A create without a HostConfig counts as one with an empty HostConfig. Seen: `IpcMode` of such a container
   * at API 1.39.
   */
  alwaysHasHostConfig: since26(false, true),

  /**
   * An update looks up the container before it checks the values. Seen: `Memory: -1` for a container that
   * does not exist.
   */
  updateFindsFirst: since26(true, false),

  /**
   * The refusal of a prefix that several containers share. Seen on all three: GET /containers/{prefix}
   * (docs/engine-facts.md, 4.5).
   */
  ambiguousPrefix: since26<(prefix: string) => Refusal>(
    (prefix) => ({ status: 500, message: `Multiple IDs found with provided prefix: ${prefix}` }),
    (prefix) => ({ status: 400, message: `multiple IDs found with provided prefix: ${prefix}` }),
  ),

  // Creation

  /**
   * The message about a create whose body is `{}` or `null`. Seen on all three (docs/engine-facts.md, 4.1).
   */
  emptyConfig: since26(
    "Config cannot be empty in order to create a container",
    "config cannot be empty in order to create a container",
  ),
  /**
   * The message about a create with no command in the request or the image. Seen on all three
   * (docs/engine-facts.md, 4.1).
   */
  noCommand: since26("No command specified", "no command specified"),
  /** `NetworkMode` of a container whose request named none. Seen in inspect on all three. */
  defaultNetworkMode: since26("default", "bridge"),
  /**
   * The restart policy's name that inspect shows when the request gave none. From 26.1 on, create fills it
   * in. Seen in inspect.
   */
  defaultRestartPolicy: since26("", "no"),
  /**
   * Inspect shows `Runtime` only from the first start on, for a container created without a HostConfig. Seen
   * on 20.10.
   */
  runtimeShownFromStart: since26(true, false),
  /**
   * The message about the network mode `container:` without a name. Seen on all three (docs/engine-facts.md,
   * 4.1).
   */
  badContainerMode: since28(
    "Invalid network mode: invalid container format container:<name|id>",
    "invalid network mode: invalid container format container:<name|id>",
  ),
  /**
   * When `Config.Volumes` is `{}` for a request without an image that gave no volumes. Seen: inspect.
   */
  makesVolumeMap: row<"never" | "with a HostConfig" | "always">(
    "never",
    "never",
    "with a HostConfig",
    "always",
  ),
  /**
   * A port with an empty list of bindings gets one that leaves all open, with a warning from this API version on.
   * Seen: `"80/tcp": []`.
   */
  fillsEmptyBindings: since29<{ readonly warnsSince: string } | undefined>(undefined, { warnsSince: "1.52" }),
  /** `HostConfig.PortBindings` that were not given are `{}`. Seen: inspect. */
  makesBindingMap: since29(false, true),
  /** `Config.OnBuild` is shown where there is none. Seen: inspect. */
  showsEmptyOnBuild: since29(true, false),
  /**
   * The API version before which an inspect has the address on the default bridge at the top of `NetworkSettings`, and
   * the container-wide MAC address. Its keys are sorted then, as it is made over. `undefined`: all have that. Seen:
   * inspect at 1.40 to 1.55.
   */
  restoresAddressesBefore: since29<string | undefined>(undefined, "1.52"),
  /** The API version from which a list shows `Health`; `undefined` for none. Seen: list. */
  listsHealthSince: since29<string | undefined>(undefined, "1.52"),
  /** A list shows ports that are routed and so hold none of the host. Seen: list. */
  listsRoutedPorts: since29(true, false),
  /** A port that is not published has an empty `IP` in a list. Seen: list. */
  listsEmptyIP: since29(false, true),
  /**
   * A MacAddress together with the mode `container` or `host` is refused. From 26.1 on, only API versions
   * before 1.44 are refused. Read in moby: runconfig, api/server.
   */
  macAddressConflictsWithMode: since26(true, false),
  /** How restart policies are checked. Seen on all three (docs/engine-facts.md, 4.1). */
  restartPolicies: since26<RestartPolicyRules>(
    {
      namelessMayCount: true,
      negative: "maximum retry count cannot be negative",
      unknown: (name) => `invalid restart policy '${name}'`,
      pointless: (name) => `maximum retry count cannot be used with restart policy '${name}'`,
    },
    {
      namelessMayCount: false,
      negative: "invalid restart policy: maximum retry count cannot be negative",
      unknown: (name) =>
        `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
      pointless: (_, retries) =>
        `invalid restart policy: maximum retry count can only be used with 'on-failure'${retries < 0 ? " and cannot be negative" : ""}`,
    },
  ),
  /** The refusal of an isolation other than the default. Seen on all three. */
  badIsolation: since28<(isolation: string) => Refusal>(
    (isolation) => ({
      status: 500,
      message: `Invalid isolation: "${isolation}" - linux only supports 'default'`,
    }),
    (isolation) => ({
      status: 400,
      message: `invalid isolation (${isolation}): linux only supports 'default'`,
    }),
  ),
  /** The refusal of a limit that only Windows has. Seen on all three. */
  badBandwidth: since28<(what: string) => Refusal>(
    (what) => ({
      status: 500,
      message: `Invalid QoS settings: linux does not support configuration of ${what}`,
    }),
    (what) => ({
      status: 400,
      message: `invalid option: QoS ${what} configuration is not supported on linux`,
    }),
  ),
  /**
   * The engine counts processors when it checks `CpusetMems`, so it accepts as many memory nodes; the host
   * has one node. Seen on all three.
   */
  takesProcessorsForMemoryNodes: since28(false, true),
  /** IpcMode, UTSMode and PidMode are checked when a container is created. Seen on all three. */
  modesChecked: since26(false, true),
  /** The message about an unknown runtime. Seen on all three. */
  unknownRuntime: since26<(name: string) => string>(
    (name) => `Unknown runtime specified ${name}`,
    (name) => `unknown or invalid runtime name: ${name}`,
  ),
  /** The runtimes that a container can start with. Seen on all three. */
  runtimes: row<readonly string[]>(
    ["runc", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux"],
    ["runc", "io.containerd.runc.v2", "io.containerd.runc.v1", "io.containerd.runtime.v1.linux"],
    ["runc", "io.containerd.runc.v2"],
  ),
  /**
   * A create accepts the name of any runtime for which containerd could find a program; the start then misses
   * it. Seen: `a.b`, `.a`, `/x.y`.
   */
  takesRuntimeNames: since26(false, true),
  /** The runtime that a create warns about as deprecated, or `undefined`. Seen on 20.10. */
  deprecatedRuntime: since26<string | undefined>("io.containerd.runtime.v1.linux", undefined),
  /** The log drivers that this release lacks and another has. Seen on all three. */
  missingLogDrivers: row<readonly string[]>([], [], ["gcplogs"], []),
  /** The message about the log driver logentries where it is gone. Seen: creates with it. */
  logentriesGone: since26<string | undefined>(
    undefined,
    "the logentries logging driver has been deprecated and removed",
  ),
  /** The message about a size with an unknown unit. Seen on all three: `max-size` of a log. */
  badSizeSuffix: since28<(size: string, suffix: string) => string>(
    (size) => `invalid size: '${size}'`,
    (_, suffix) => `invalid suffix: '${suffix}'`,
  ),
  /** `SecurityOpt` may contain `writable-cgroups`. Seen on all three. */
  cgroupsMadeWritable: since28(false, true),
  /** Devices can be injected by CDI. Seen on all three: a device request with the driver `cdi`. */
  injectsCdiDevices: since28(false, true),
  /**
   * The driver that devices are asked of by capabilities, with what it says on a host without GPUs; `undefined` for none.
   * Seen: a device request with the capability `gpu`.
   */
  gpuDriver: since29<GpuDriver | undefined>(undefined, {
    name: "amd",
    capabilities: ["gpu", "amd"],
    failure: "failed to discover GPU vendor from CDI: no known GPU vendor found",
  }),
  /** Returns why a create refuses a host name; before, a start fails with it. Seen: 65 letters. */
  longHostname: since29<(name: string) => string | undefined>(
    () => undefined,
    (name) =>
      new TextEncoder().encode(name).length > mostHostname
        ? `hostname ${JSON.stringify(name)} is too long (maximum ${mostHostname} bytes)`
        : undefined,
  ),
  /** The warning of a create with links on the default bridge; `undefined` for none. Seen: `Links`. */
  linksWarning: since29<string | undefined>(
    undefined,
    "Links on the default bridge network are deprecated and will be removed in a future release. Use a custom network instead.",
  ),
  /** How the log driver `local` words that its option `compress` is no boolean. Seen: start. */
  badCompress: since29<(problem: string) => string>(
    (problem) => `error reading compress log option: ${problem}`,
    (problem) => `invalid boolean value for compress: ${problem}`,
  ),
  /** A limit on kernel memory is stored, with a warning. Seen on all three. */
  limitsKernelMemory: since26(true, false),
  /**
   * How negative CPU shares are refused: at create (`created`), or at start with this reason. Seen on all
   * three.
   */
  negativeCpuShares: since28<
    { created: true; message: (shares: number) => string } | { created: false; message: () => string }
  >(
    { created: false, message: () => "shares: invalid argument" },
    {
      created: true,
      message: (shares) => `invalid CPU shares (${shares}): value must be a positive integer`,
    },
  ),
  /** Status when more real-time runtime is asked for than a period has. Seen on all three. */
  badRealtime: since28<number>(500, 400),
  /** An annotation must have a name. Seen on all three. */
  annotationsNamed: since26(false, true),
  /** A create looks up the image before it checks the endpoints. Seen: both wrong. */
  imageBeforeEndpoints: since26(false, true),
  /** The message about an unknown StopSignal. Seen. */
  invalidSignal: since26<(signal: string) => string>(
    (signal) => `Invalid signal: ${signal}`,
    (signal) => `invalid signal: ${signal}`,
  ),

  // Inspect

  /**
   * `SandboxKey` and `Ports` come right after `SandboxID` in `NetworkSettings`. Seen on all three
   * (docs/engine-facts.md, 4.1).
   */
  sandboxKeysFirst: since26(false, true),
  /**
   * The layout of HostConfig. In "2023", `ConsoleSize` comes before `CapAdd` and kernel memory is gone. Seen
   * on all three.
   */
  hostConfigLayout: since26<"2020" | "2023">("2020", "2023"),
  /** `HostConfig.MaskedPaths` when the request gave none; 29 sorts them. Seen: inspect. */
  maskedPaths: row<readonly string[]>(
    maskedPaths,
    [...maskedPaths, "/sys/devices/virtual/powercap"],
    [...maskedPaths.toSpliced(2, 0, "/proc/interrupts"), "/sys/devices/virtual/powercap"],
    [...maskedPaths, "/proc/interrupts", "/sys/devices/virtual/powercap"].sort(),
  ),
  /** `GraphDriver.Data` names the container of the layer. Seen on 28.5. */
  graphDriverShowsId: since28(false, true),
  /**
   * A stopped container keeps its SandboxID and SandboxKey; otherwise they are emptied. Seen on all three
   * (docs/engine-facts.md, 1.8).
   */
  keepsSandboxId: since28(true, false),

  // Exec

  /**
   * Detaching from an exec's terminal by its detach keys kills the exec's process. Seen on all three, by top
   * and events.
   */
  endsGivenUpExec: since28(true, false),

  /** Terminals have the size of `ConsoleSize` from the start. Seen on all three. */
  sizesConsole: since26(false, true),

  // Stats

  /**
   * The order of a sample's fields: the name behind the memory, the name first, or the name with the system's and then
   * the numbers. Seen on all.
   */
  statsOrder: row<"name behind memory" | "name first" | "sample first">(
    "name behind memory",
    "name behind memory",
    "name first",
    "sample first",
  ),
  /** A one-shot sample names its container, too. Seen on 20.10, 28.5 and 29. */
  statsAlwaysNamed: row(true, false, false, true),
  /**
   * What a one-shot sample of a container answers whose network is of another one that has stopped, or is gone: nothing said
   * is a sample without figures. 26.1 and 28.5 find the failure after they have sent the status 200. Seen on all four.
   */
  oneShotWithoutNetwork: row<OneShotWithoutNetwork>(
    {},
    { removed: (id) => ({ status: 200, message: ownerGone(id) }) },
    {
      stopped: () => ({ status: 200, message: "invalid id: id is empty" }),
      removed: (id) => ({ status: 200, message: ownerGone(id) }),
    },
    { stopped: () => ({ status: 400, message: "invalid id: id is empty" }) },
  ),
  /** A stream of samples cannot be one-shot. Later, that has no effect on a stream. Seen: `stream=1&one-shot=1`. */
  refusesOneShotStream: since29(true, false),

  // Life

  /** A container with networking disabled still has a hostname file. Seen on all three. */
  hostnameWithoutNetwork: since28(true, false),
  /**
   * A start attaches networks after it has checked the command and the links; earlier releases attach them
   * first. Seen on all three.
   */
  networksAttachedLast: since28(false, true),
  /** Returns the message of a start whose command cannot run, around runc's reason. Seen on all three. */
  commandFailure: row<(reason: string) => string>(
    (reason) => runcFailures["20.10"](notStarted + reason),
    (reason) => runcFailures["26.1"](notStarted + reason),
    (reason) => runcFailures["28.5"](notStarted + inInit + reason),
  ),
  /** Returns the message of a start that runc refuses before there is a process. Seen on all three. */
  runtimeFailure: runcFailures,
  /** Returns the message of an update whose limits runc cannot set. Seen on all three: one CPU share. */
  updateFailure: since28<(reason: string) => string>(
    (reason) => `runc did not terminate successfully: exit status 1: ${reason}\n: unknown`,
    (reason) => `runc did not terminate successfully: exit status 1: ${reason}\n`,
  ),
  /** Returns the message of a start whose log driver cannot begin. Seen on all three. */
  logDriverFailure: since26<(reason: string) => string>(
    (reason) => `failed to initialize logging driver: ${reason}`,
    (reason) => `${taskFailed}failed to initialize logging driver: ${reason}`,
  ),
  /**
   * Returns the message of a start whose runtime is not installed. 20.10 refuses such a container at create.
   * Seen.
   */
  runtimeMissing: row<(runtime: string, binary: string) => string>(
    (runtime) => `Unknown runtime specified ${runtime}`,
    (runtime, binary) => `${taskFailed}${missingShim(runtime, binary)}: unknown`,
    (runtime, binary) => taskFailed + missingShim(runtime, binary),
  ),
  /**
   * Returns runc's reason for an unknown sysctl; `badSysctl` for a value that the sysctl cannot have. Seen on
   * all three.
   */
  unknownSysctl: since28<(name: string) => string>(
    (name) => `open ${sysctlPath(name)}: no such file or directory`,
    (name) =>
      `open sysctl ${name} file: unsafe procfs detected: openat2 fsmount:fscontext:proc/.${sysctlPath(name).slice("/proc".length)}: no such file or directory`,
  ),
  badSysctl: since28<(name: string, value: string) => string>(
    (name) => `write ${sysctlPath(name)}: invalid argument`,
    (name, value) =>
      `failed to write sysctl ${name} = ${JSON.stringify(value)}: write fsmount:fscontext:proc/.${sysctlPath(name).slice("/proc".length)}: invalid argument`,
  ),
  /** Returns the message about an unknown option of a tmpfs. Seen on all three. */
  badTmpfsOption: since26<(words: readonly string[]) => string>(
    (words) => `invalid tmpfs option [${words.map((word) => JSON.stringify(word)).join(" ")}]`,
    ([name = ""]) => `invalid tmpfs option ${JSON.stringify(name)}`,
  ),
  /** Returns the message about an unknown supplementary group. Seen on all three. */
  unknownGroup: since28<(group: string) => string>(
    (group) => `Unable to find group ${group}: no matching entries in group file`,
    (group) => `unable to find group ${group}: no matching entries in group file`,
  ),
  /** Whether a group that was found by one entry of `GroupAdd` is found by another. Seen on all three. */
  findsGroupAgain: since28(false, true),
  /** Whether a process has its own group among its additional ones twice, where two things give it. Seen on all three. */
  repeatsGroups: since28(false, true),
  /** Whether the group of a `User` is all behind the first colon, or ends at the second. Seen on all three. */
  groupIsAllBehindUser: row(false, false, true, false),
  /**
   * The refusals of a start in IPC or PID mode `container:` when that container cannot be joined. Seen on all
   * three: it does not exist, does not run, or restarts.
   */
  ipcJoinFailure: since26<(name: string, problem: JoinProblem) => Refusal>(
    (name, { message }) => ({ status: 500, message: `can't join IPC of container ${name}: ${message}` }),
    (_, { status, message }) => ({ status, message: `failed to join IPC namespace: ${message}` }),
  ),
  ipcNotShared: since26<(name: string) => Refusal>(
    (name) => ({ status: 500, message: `can't join IPC of container ${name}: ${notShared}` }),
    (name) => ({ status: 400, message: `failed to join IPC namespace: container ${name}: ${notShared}` }),
  ),
  pidJoinFailure: since26<(name: string, problem: JoinProblem) => Refusal>(
    (name, { message, unknown }) => ({
      status: 500,
      message: unknown ? `cannot join PID of a non running container: ${name}: ${message}` : message,
    }),
    (_, { message }) => ({ status: 500, message: `failed to join PID namespace: ${message}` }),
  ),
  /**
   * The prefix of a failure in the container's init that is not about the command. Seen: start with a host
   * name of 65 letters.
   */
  initPrefix: since28("error during container init: ", ""),
  /**
   * Returns the message of a failure to move interfaces into the namespace. Up to 26.1 a hook of the
   * container's process does that and has its own words; `undefined` when there is no hook. Seen: start with
   * the MAC address 01:00:5e:00:00:01.
   */
  hookFailure: row<((problem: string, logged: string) => string) | undefined>(
    (_, logged) => hookPrefix + logged,
    (problem) => hookPrefix + problem,
    undefined,
  ),
  /**
   * Start of a directory: runc's reason, and the suffix that dockerd adds so that clients still find
   * "permission denied". Seen on all three.
   */
  directoryAsCommand: since26(
    { reason: "permission denied", suffix: "" },
    { reason: "is a directory", suffix: ": permission denied" },
  ),
  /**
   * A start looks for the command with the permissions of its user. Seen: `-u 1000` with a command in a
   * directory of mode 700, and with one of mode 700.
   */
  looksAsUser: since26(true, false),
  /**
   * The exit code of a process whose program the kernel refuses: no executable format, or a script without
   * its interpreter. Seen on all three.
   */
  unrunnableExitCode: since28(1, 255),
  /**
   * The refusal of a start in mode `container:` when that container does not exist. Seen on all three
   * (docs/engine-facts.md, 4.1).
   */
  joinUnknown: since28<(name: string) => Refusal>(
    (name) => ({ status: 404, message: `No such container: ${name}` }),
    (name) => ({
      status: 500,
      message: `joining network namespace of container: No such container: ${name}`,
    }),
  ),
  /**
   * The message of a start in mode `container:` when that container does not run. Seen on all three
   * (docs/engine-facts.md, 4.1).
   */
  joinNotRunning: since28<(target: { spelled: string; name: string; status: string }) => string>(
    ({ spelled }) => `cannot join network of a non running container: ${spelled}`,
    ({ name, status }) =>
      `cannot join network namespace of a non running container: container ${name} is ${status}`,
  ),
  /**
   * The prefix of the error of a start in mode `container:` when that container waits to be restarted. Seen
   * on all three.
   */
  joinRestartingPrefix: since28("", "cannot join network namespace of container: "),
  /** The message of a start in mode `container:` that names the container itself. Seen on all three. */
  joinItself: since28("cannot join own network", "cannot join own network namespace"),
  /**
   * The steps at the end of a process, in order. From 26.1 on, `stop` and `die` come from two goroutines,
   * mostly in this order. Seen.
   */
  exitSteps: since26<readonly ExitStep[]>(["die", "detach", "stop"], ["detach", "stop", "die"]),
  /** The event `die` has the process's run time. Seen on all three (docs/engine-facts.md, 5). */
  dieShowsDuration: since26(false, true),

  /**
   * Returns the message of a call that needs a running container. Seen on all three (docs/engine-facts.md,
   * 4.2, N).
   */
  notRunning: since26<(id: string) => string>(
    (id) => `Container ${id} is not running`,
    (id) => `container ${id} is not running`,
  ),
  /** Returns the message of a pause of a paused container. Seen. */
  alreadyPaused: since29<(id: string) => string>(
    (id) => `Container ${id} is already paused`,
    (id) => `container ${id} is already paused`,
  ),
  /** Returns the prefix of every error of a kill. Seen on all three (docs/engine-facts.md, 4.2, K). */
  killFailurePrefix: since26<(spelled: string) => string>(
    (spelled) => `Cannot kill container: ${spelled}: `,
    (spelled) => `cannot kill container: ${spelled}: `,
  ),
  /**
   * The error about an unknown signal has the prefix of a kill. 20.10 finds the signal before it looks up the
   * container, so its message does not mention one. Seen.
   */
  unknownSignalPrefixed: since26(false, true),
  /** The refusal of a signal that the kernel does not have. Seen on all three. */
  unsupportedSignal: since26<(signal: number) => Refusal>(
    (signal) => ({
      status: 500,
      message: `The linux daemon does not support signal ${BigInt.asUintN(64, BigInt(signal))}`,
    }),
    (signal) => ({ status: 400, message: `the linux daemon does not support signal ${signal}` }),
  ),
  /** A kill checks whether the kernel has the signal before it checks the container. Seen. */
  signalSupportCheckedFirst: since26(false, true),
  /** Stop and restart accept a signal (API 1.42). Seen. */
  stopTakesSignal: since26(false, true),
  /**
   * Returns the reason why a running container is not removed, by its state. `spelled` is the reference in
   * the request. Seen (docs/engine-facts.md, 4.2, R and P).
   */
  removeRunning: row<(container: { id: string; name: string; status: string; spelled: string }) => string>(
    ({ id, status }) =>
      status === "paused"
        ? `You cannot remove a paused container ${id}. Unpause and then stop the container before attempting removal or force remove`
        : `You cannot remove a ${status} container ${id}. Stop the container before attempting removal or force remove`,
    ({ name, status }) => cannotRemove(`/${name}`, status),
    ({ spelled, status }) => cannotRemove(spelled, status),
  ),
  /**
   * A rename between two runs of a restart policy fails, since it needs the sandbox, which is gone. Seen on
   * 20.10 and 26.1.
   */
  renameNeedsSandbox: since28(true, false),

  // Ports

  /**
   * The order in which several ports are published. Seen with PublishAllPorts, and on 29 on a network that
   * routes IPv4 and translates IPv6.
   */
  bindingOrder: row<"largest first" | "exact first" | "translated first">(
    "largest first",
    "largest first",
    "exact first",
    "translated first",
  ),
  /**
   * One search finds a host port for all addresses of a binding, and considers ports held at other addresses.
   * Seen on 28.5; libnetwork/portallocator.
   */
  portsOfAllAddressesTogether: since28(false, true),
  /**
   * Returns the message about a port that the host cannot listen at, with Linux's words for the reason. Seen on
   * all three (docs/engine-facts.md, 4.4).
   *
   * @param tried the port that was tried last
   */
  hostPortFailure: row<HostPortFailure>(
    userlandProxyFailure,
    userlandProxyFailure,
    (why, address, tried, { first, last }, port, containerAddress) => {
      const [one, range] = first === last ? ["", first || ""] : [` ${tried}`, `${first}-${last}`];
      return `failed to bind host port${one} for ${bracketed(address)}:${range}:${containerAddress}:${port.number}/${port.protocol}: ${why}`;
    },
    (why, address, tried, _asked, { protocol }) =>
      `failed to bind host port ${bracketed(address)}:${tried}/${protocol}: ${why}`,
  ),
  /**
   * Addresses of one port of a container that cannot be bound together: in which protocols the second is refused, and in
   * which words. 28.5 binds both and listens at one. 29 does not get as far.
   */
  clashingPort: since29<ClashingPort>(
    { protocols: new Set(["tcp"]), failure: () => "failed to listen on TCP socket: address already in use" },
    {
      protocols: new Set(["tcp", "udp", "sctp"]),
      failure: (address, tried, protocol) =>
        `failed to bind host port ${bracketed(address)}:${tried}/${protocol}: address already in use`,
    },
  ),
  /**
   * A container shows its exposed ports on any bridge network. Before, only one whose gateway is on a bridge shows them.
   * Seen: inspect of a container on an internal network.
   */
  showsPortsOfEachBridge: since29(false, true),
  /**
   * Whether another port of a range is tried where one cannot be listened at, as of the ephemeral ports. Seen on
   * all three (docs/engine-facts.md, 4.4).
   */
  triesOtherPortsOfRange: since28(false, true),

  // Lists

  /** A list shows annotations. Seen on all three. */
  listsAnnotations: since28(false, true),
  /**
   * The message about a filter `status` with an unknown state. Seen on all three (docs/engine-facts.md, 4.5).
   */
  badStatusFilter: row<(value: string) => string>(
    (value) => `Invalid filter 'status=${value}'`,
    (value) => `invalid filter 'status=${value}'`,
    (value) =>
      `invalid filter 'status=${value}': invalid value for state (${value}): must be one of created, running, paused, restarting, removing, exited, dead`,
  ),
  /** The refusal of a filter `exited` that is no number. Seen on all three (docs/engine-facts.md, 4.5). */
  badExitedFilter: since26<(value: string, why: string) => Refusal>(
    (_value, why) => ({ status: 500, message: why }),
    (value, why) => ({ status: 400, message: `invalid filter 'exited=${value}': ${why}` }),
  ),
  /** Returns why a value of the filters `expose` and `publish` is no range of ports. Seen: `zz`, `80-`, `9-8`. */
  whyNoPortRange: since29<(asked: AskedPorts) => string | undefined>(
    ({ range, first, last }) => {
      if (range === "") return "Empty string specified for ports.";
      for (const number of [first, last]) {
        if (!/^\d+$/.test(number)) return `strconv.ParseUint: parsing "${number}": invalid syntax`;
      }
      return Number(last) < Number(first) ? `Invalid range specified for the Port: ${range}` : undefined;
    },
    ({ value, first, last }) => {
      if (value === "") return "invalid port range: value is empty";
      for (const [which, number] of [
        ["start", first],
        ["end", last],
      ] as const) {
        const problem = portProblem(number);
        if (problem) return `invalid ${which} port '${number}': ${problem}`;
      }
      return Number(last) < Number(first) ? `invalid port range: ${value}` : undefined;
    },
  ),
  /**
   * The refusal of the filters `before` and `since` with an unknown container. Seen on all three
   * (docs/engine-facts.md, 4.5).
   */
  unknownNeighbour: since26<(ref: string) => Refusal>(
    (ref) => ({ status: 500, message: `no such container ${ref}` }),
    (ref) => ({ status: 404, message: `No such container: ${ref}` }),
  ),
  /** The message about a filter `health` with an unknown state. Seen. */
  badHealthFilter: row<(value: string) => string>(
    (value) => `Unrecognised filter value for health: ${value}`,
    (value) => `unrecognized filter value for health: ${value}`,
    (value) =>
      `invalid filter 'health=${value}': invalid value for health (${value}): must be one of none, starting, healthy, unhealthy`,
  ),

  // Execs

  /** The refusal of an exec's start when its container has stopped since. Read in moby: daemon/exec.go. */
  execContainerStopped: since26<(id: string, status: string) => Refusal>(
    (id, status) => ({ status: 500, message: `Container ${id} is not running: ${status}` }),
    (id) => ({ status: 409, message: `container ${id} is not running` }),
  ),
  /** The message about a second start of an exec. Seen on all three (docs/engine-facts.md, 4.6). */
  execHasRun: since28<(id: string) => string>(
    (id) => `Error: Exec command ${id} has already run`,
    (id) => `exec command ${id} has already run`,
  ),
  /** The message about a start of an exec that runs. Seen on all three. */
  execIsRunning: since28<(id: string) => string>(
    (id) => `Error: Exec command ${id} is already running`,
    (id) => `exec command ${id} is already running`,
  ),
  /** The tmpfs mounts of a container come before its volumes. Seen: /proc/mounts. */
  mountsTmpfsFirst: since26(false, true),
  /** What is mounted over directories and files of /proc and /sys that a process must not see. Seen: /proc/mounts. */
  masks: since28(
    { directory: "ro,relatime", files: ["keys", "timer_list"] },
    { directory: "ro,relatime,size=4k,nr_inodes=1", files: ["interrupts", "keys", "timer_list"] },
  ),
  /** Resize of an exec that has ended, or whose command could not be run. Seen on all three. */
  resizeEndedExec: row<
    (id: string, exec: { hasRun: boolean }) => { readonly status: number; readonly message: string }
  >(
    () => ({ status: 404, message: "no such exec" }),
    (id, { hasRun }) =>
      hasRun ? { status: 404, message: `process does not exist ${id}: not found` } : execNotStarted,
    (id, { hasRun }) =>
      hasRun ? { status: 404, message: `NotFound: process does not exist ${id}: not found` } : execNotStarted,
  ),
  /**
   * Returns the message of an exec's start that fails, around the reason. `early` says that it was refused
   * before there was a process, which shortens the prefix. Seen on all three.
   */
  execFailure: since28<(reason: string, early?: boolean) => string>(
    (reason, early) => `${execFailed(early)}${reason}: unknown`,
    (reason, early) => `${execFailed(early)}${reason}`,
  ),
  /** Status of an exec in a directory without a leading slash. Seen with `docker exec -w tmp`. */
  relativeDirectoryStatus: since29(400, 500),
  /** An unknown user fails the creation of an exec, not its start. Seen on all three. */
  execUserCheckedFirst: since28(false, true),
  /** The message about more CPUs than the host has, or a negative number. Seen on all three. */
  cpuRange: since28<(cpus: number) => string>(
    (cpus) => `Range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`,
    (cpus) => `range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`,
  ),
  /**
   * Exit code of an exec that could not start; `undefined` for the code that a container would have. Seen on
   * all three (docs/engine-facts.md, 4.6).
   */
  execFailureCode: since28<number | undefined>(126, undefined),
};

const notShared = "non-shareable IPC (hint: use IpcMode:shareable for the donor container)";

function missingShim(runtime: string, binary: string): string {
  return `failed to start shim: failed to resolve runtime path: runtime "${runtime}" binary not installed "${binary}": file does not exist`;
}

function sysctlPath(name: string): string {
  return `/proc/sys/${name.replaceAll(".", "/")}`;
}

function cannotRemove(name: string, status: string): string {
  const why =
    status === "paused"
      ? "container is paused and must be unpaused first"
      : `container is ${status}: stop the container before removing or force remove`;
  return `cannot remove container "${name}": ${why}`;
}

function execFailed(early = false): string {
  return `OCI runtime exec failed: exec failed: ${early ? "" : "unable to start container process: "}`;
}
