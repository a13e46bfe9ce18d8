import { row, since26, since28 } from "./row.js";

/** An error as the engine gives it. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Why a container's namespace cannot be joined. */
export interface JoinProblem extends Refusal {
  /** There is no such container. */
  readonly unknown?: boolean;
}

/** A container's port as messages name it. */
interface PublishedPort {
  readonly number: number;
  readonly protocol: string;
}

/** What is said of a restart policy that cannot be. */
interface RestartPolicyRules {
  /** A maximum retry count without a policy's name is taken. */
  readonly namelessMayCount: boolean;
  readonly negative: string;
  readonly unknown: (name: string) => string;
  readonly pointless: (name: string, retries: number) => string;
}

/** What happens at the end of a container's process, in order. `stop` only where the process was stopped. */
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

const hookPrefix = "error running hook #0: error running hook: exit status 1, stdout: , stderr: ";
const bracketed = (address: string): string => (address.includes(":") ? `[${address}]` : address);
const familyDigit = (address: string): 4 | 6 => (address.includes(":") ? 6 : 4);
const proxyFailure =
  (why: string) =>
  (address: string, port: number, { protocol }: PublishedPort): string =>
    `Error starting userland proxy: listen ${protocol}${familyDigit(address)} ${bracketed(address)}:${port}: bind: ${why}`;

/** How an engine tells that its runtime could not make a container, or that it could not even be begun. */
const taskFailed = "failed to create task for container: ";
const runcFailed = "failed to create shim task: OCI runtime create failed: runc create failed: ";
const runcFailures = {
  "20.10": (reason: string) => `${runcFailed}${reason}: unknown`,
  "26.1": (reason: string) => `${taskFailed}${runcFailed}${reason}: unknown`,
  "28.5": (reason: string) => `${taskFailed}${runcFailed}${reason}`,
};
const notStarted = "unable to start container process: ";
const inInit = "error during container init: ";

const execNotStarted = { status: 400, message: "exec process is not started" };

/** What differs between releases in containers. Each row says where it was seen. */
export const containersRows = {
  /** A request without a HostConfig is as good as one with an empty one. Seen: `IpcMode` of such at API 1.39. */
  alwaysHasHostConfig: since26(false, true),

  /** An update looks for the container before it looks at the values. Seen: `Memory: -1` for one that is not there. */
  updateFindsFirst: since26(true, false),

  /** GET /containers/{prefix} with a prefix of several. Seen on all three (docs/engine-facts.md, 4.5). */
  ambiguousPrefix: since26<(prefix: string) => Refusal>(
    (prefix) => ({ status: 500, message: `Multiple IDs found with provided prefix: ${prefix}` }),
    (prefix) => ({ status: 400, message: `multiple IDs found with provided prefix: ${prefix}` }),
  ),

  // Creation

  /** Create with `{}` or `null` as its body. Seen on all three (docs/engine-facts.md, 4.1). */
  emptyConfig: since26(
    "Config cannot be empty in order to create a container",
    "config cannot be empty in order to create a container",
  ),
  /** Create without a command, of an image without one. Seen on all three (docs/engine-facts.md, 4.1). */
  noCommand: since26("No command specified", "no command specified"),
  /** `NetworkMode` of a container that names none. Seen in inspect on all three. */
  defaultNetworkMode: since26("default", "bridge"),
  /** The policy's name shown where none was given: create fills it in from 26.1 on. Seen in inspect. */
  defaultRestartPolicy: since26("", "no"),
  /** Inspect of a created container that was given no HostConfig shows no `Runtime` before its first start. Seen on 20.10. */
  runtimeShownFromStart: since26(true, false),
  /** NetworkMode `container:` without a name. Seen on all three (docs/engine-facts.md, 4.1). */
  badContainerMode: since28(
    "Invalid network mode: invalid container format container:<name|id>",
    "invalid network mode: invalid container format container:<name|id>",
  ),
  /** `Config.Volumes` is `{}` where none were given, with a HostConfig and no image. Seen on 28.5. */
  makesVolumeMap: since28(false, true),
  /** MacAddress with the container or host mode. From 26.1 on only API versions before 1.44 are refused. moby runconfig; api/server. */
  macAddressConflictsWithMode: since26(true, false),
  /** A restart policy that cannot be. Seen on all three (docs/engine-facts.md, 4.1). */
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
  /** Isolation other than the default. Seen on all three. */
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
  /** A limit that only Windows has. Seen on all three. */
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
  /** As many memory nodes are taken for available as there are processors; there is one. Seen on all three. */
  takesProcessorsForMemoryNodes: since28(false, true),
  /** Whether IpcMode, UTSMode and PidMode are looked at when a container is created. Seen on all three. */
  modesChecked: since26(false, true),
  /** A runtime that there is none of. Seen on all three. */
  unknownRuntime: since26<(name: string) => string>(
    (name) => `Unknown runtime specified ${name}`,
    (name) => `unknown or invalid runtime name: ${name}`,
  ),
  /** Runtimes that a container starts with. Seen on all three. */
  runtimes: row<readonly string[]>(
    ["runc", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux"],
    ["runc", "io.containerd.runc.v2", "io.containerd.runc.v1", "io.containerd.runtime.v1.linux"],
    ["runc", "io.containerd.runc.v2"],
  ),
  /** A name that containerd could find a program for is taken, and missed at the start. Seen: `a.b`, `.a`, `/x.y`. */
  takesRuntimeNames: since26(false, true),
  /** What a create warns of for a runtime. Seen on 20.10. */
  deprecatedRuntime: since26<string | undefined>("io.containerd.runtime.v1.linux", undefined),
  /** Log drivers of which a release has none, of those that any has. Seen on all three. */
  missingLogDrivers: since28<readonly string[]>([], ["gcplogs"]),
  /** A size in a unit that there is none of. Seen on all three: `max-size` of a log. */
  badSizeSuffix: since28<(size: string, suffix: string) => string>(
    (size) => `invalid size: '${size}'`,
    (_, suffix) => `invalid suffix: '${suffix}'`,
  ),
  /** `SecurityOpt` may say `writable-cgroups`. Seen on all three. */
  cgroupsMadeWritable: since28(false, true),
  /** Devices are injected by CDI. Seen on all three: a device request with the driver `cdi`. */
  injectsCdiDevices: since28(false, true),
  /** A limit of the kernel's own memory is kept, and warned of. Seen on all three. */
  limitsKernelMemory: since26(true, false),
  /** Negative CPU shares: refused when a container is created, or for what reason when it is started. Seen on all three. */
  negativeCpuShares: since28<
    { created: true; message: (shares: number) => string } | { created: false; message: () => string }
  >(
    { created: false, message: () => "shares: invalid argument" },
    {
      created: true,
      message: (shares) => `invalid CPU shares (${shares}): value must be a positive integer`,
    },
  ),
  /** More real time asked for than there is in a period. Seen on all three. */
  badRealtime: since28<number>(500, 400),
  /** An annotation without a name. Seen on all three. */
  annotationsNamed: since26(false, true),
  /** The image is looked up before the endpoints are looked at. Seen: both wrong. */
  imageBeforeEndpoints: since26(false, true),
  /** A StopSignal that there is none of. Seen. */
  invalidSignal: since26<(signal: string) => string>(
    (signal) => `Invalid signal: ${signal}`,
    (signal) => `invalid signal: ${signal}`,
  ),

  // Inspect

  /**
   * Keys of `NetworkSettings` up to where the releases agree. Seen on all three (docs/engine-facts.md, 4.1).
   */
  sandboxKeysFirst: since26(false, true),
  /** `HostConfig.ConsoleSize` stands before `CapAdd`, and kernel memory is no longer shown. Seen on all three. */
  hostConfigLayout: since26<"2020" | "2023">("2020", "2023"),
  /** `HostConfig.MaskedPaths` where none are given. Seen on all three. */
  maskedPaths: row<readonly string[]>(
    maskedPaths,
    [...maskedPaths, "/sys/devices/virtual/powercap"],
    [...maskedPaths.toSpliced(2, 0, "/proc/interrupts"), "/sys/devices/virtual/powercap"],
  ),
  /** `GraphDriver.Data` names the layer's container. Seen on 28.5. */
  graphDriverShowsId: since28(false, true),
  /**
   * SandboxID and SandboxKey of a stopped container: kept, or emptied. Seen on all three
   * (docs/engine-facts.md, 1.8).
   */
  keepsSandboxId: since28(true, false),

  // Exec

  /** The process of an exec whose terminal was left by its detach keys is killed. Seen on all three, by top and events. */
  endsGivenUpExec: since28(true, false),

  // Stats

  /** Where a sample says whose it is: first or behind the memory. Seen on all three. */
  statsNameFirst: since28(false, true),
  /** A sample that is taken at once says whose it is, too. Seen on 20.10 and 28.5. */
  statsAlwaysNamed: since26(true, false),

  // Life

  /** A container whose networking is disabled has a hostname file all the same. Seen on all three. */
  hostnameWithoutNetwork: since28(true, false),
  /** Where the command, the links and the networks are looked at: 28.5 attaches networks last. Seen on all three. */
  networksAttachedLast: since28(false, true),
  /** Start of a command that cannot be: what stands before and behind the reason. Seen on all three. */
  commandFailure: row<(reason: string) => string>(
    (reason) => runcFailures["20.10"](notStarted + reason),
    (reason) => runcFailures["26.1"](notStarted + reason),
    (reason) => runcFailures["28.5"](notStarted + inInit + reason),
  ),
  /** Start of a container that runc refuses before there is a process. Seen on all three. */
  runtimeFailure: runcFailures,
  /** Start of a container whose log driver cannot begin. Seen on all three. */
  logDriverFailure: since26<(reason: string) => string>(
    (reason) => `failed to initialize logging driver: ${reason}`,
    (reason) => `${taskFailed}failed to initialize logging driver: ${reason}`,
  ),
  /** Start of a container with a runtime that is not installed; 20.10 does not create one. Seen. */
  runtimeMissing: row<(runtime: string, binary: string) => string>(
    (runtime) => `Unknown runtime specified ${runtime}`,
    (runtime, binary) => `${taskFailed}${missingShim(runtime, binary)}: unknown`,
    (runtime, binary) => taskFailed + missingShim(runtime, binary),
  ),
  /** A kernel setting that there is none of, and a value that it cannot have. Seen on all three. */
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
  /** An option of a tmpfs that there is none of. Seen on all three. */
  badTmpfsOption: since26<(words: readonly string[]) => string>(
    (words) => `invalid tmpfs option [${words.map((word) => JSON.stringify(word)).join(" ")}]`,
    ([name = ""]) => `invalid tmpfs option ${JSON.stringify(name)}`,
  ),
  /** A group that there is none of, among those that a process is to be in as well. Seen on all three. */
  unknownGroup: since28<(group: string) => string>(
    (group) => `Unable to find group ${group}: no matching entries in group file`,
    (group) => `unable to find group ${group}: no matching entries in group file`,
  ),
  /** Start in `container:` IPC or PID mode of one that cannot be joined. Seen on all three: not there, not running, restarting. */
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
  /** What stands before a reason that is not the command. Seen: start with a host name of 65 letters. */
  initPrefix: since28("error during container init: ", ""),
  /** Interfaces are put into a namespace by a hook of the process that is to live there, with words of its own. Seen: start with the MAC address 01:00:5e:00:00:01. */
  hookFailure: row<((problem: string, logged: string) => string) | undefined>(
    (_, logged) => hookPrefix + logged,
    (problem) => hookPrefix + problem,
    undefined,
  ),
  /** Start of a directory: runc's reason, and what dockerd adds so that clients still find "permission denied". Seen on all three. */
  directoryAsCommand: since26(
    { reason: "permission denied", suffix: "" },
    { reason: "is a directory", suffix: ": permission denied" },
  ),
  /** How a process ends whose program the kernel refuses: no program at all, or a script without its interpreter. Seen on all three. */
  unrunnableExitCode: since28(1, 255),
  /** Start in `container:` mode of an unknown container. Seen on all three (docs/engine-facts.md, 4.1). */
  joinUnknown: since28<(name: string) => Refusal>(
    (name) => ({ status: 404, message: `No such container: ${name}` }),
    (name) => ({
      status: 500,
      message: `joining network namespace of container: No such container: ${name}`,
    }),
  ),
  /**
   * Start in `container:` mode of a container that does not run. Seen on all three (docs/engine-facts.md,
   * 4.1).
   */
  joinNotRunning: since28<(target: { spelled: string; name: string; status: string }) => string>(
    ({ spelled }) => `cannot join network of a non running container: ${spelled}`,
    ({ name, status }) =>
      `cannot join network namespace of a non running container: container ${name} is ${status}`,
  ),
  /** Before the error of a start in `container:` mode of one that waits to be restarted. Seen on all three. */
  joinRestartingPrefix: since28("", "cannot join network namespace of container: "),
  /** Start in `container:` mode of the container itself. Seen on all three. */
  joinItself: since28("cannot join own network", "cannot join own network namespace"),
  /** The events at the end of a process. From 26.1 on `stop` and `die` come from two goroutines; mostly in this order. Seen. */
  exitSteps: since26<readonly ExitStep[]>(["die", "detach", "stop"], ["detach", "stop", "die"]),
  /** `die` says how long the process ran. Seen on all three (docs/engine-facts.md, 5). */
  dieShowsDuration: since26(false, true),

  /** What needs a running container, of one that is not. Seen on all three (docs/engine-facts.md, 4.2, N). */
  notRunning: since26<(id: string) => string>(
    (id) => `Container ${id} is not running`,
    (id) => `container ${id} is not running`,
  ),
  /** Before every error of a kill. Seen on all three (docs/engine-facts.md, 4.2, K). */
  killFailurePrefix: since26<(spelled: string) => string>(
    (spelled) => `Cannot kill container: ${spelled}: `,
    (spelled) => `cannot kill container: ${spelled}: `,
  ),
  /** An unknown signal is found before the container is looked up, so that 20.10 says nothing of the container. Seen. */
  unknownSignalPrefixed: since26(false, true),
  /** A signal that the kernel does not have. Seen on all three. */
  unsupportedSignal: since26<(signal: number) => Refusal>(
    (signal) => ({
      status: 500,
      message: `The linux daemon does not support signal ${BigInt.asUintN(64, BigInt(signal))}`,
    }),
    (signal) => ({ status: 400, message: `the linux daemon does not support signal ${signal}` }),
  ),
  /** 20.10 checks the container before it checks whether there is such a signal in the kernel. Seen. */
  signalSupportCheckedFirst: since26(false, true),
  /** Whether stop and restart take a signal (API 1.42). Seen. */
  stopTakesSignal: since26(false, true),
  /**
   * DELETE of a container that runs, by its state. `spelled` is how the request named it. Seen
   * (docs/engine-facts.md, 4.2, R and P).
   */
  removeRunning: row<(container: { id: string; name: string; status: string; spelled: string }) => string>(
    ({ id, status }) =>
      status === "paused"
        ? `You cannot remove a paused container ${id}. Unpause and then stop the container before attempting removal or force remove`
        : `You cannot remove a ${status} container ${id}. Stop the container before attempting removal or force remove`,
    ({ name, status }) => cannotRemove(`/${name}`, status),
    ({ spelled, status }) => cannotRemove(spelled, status),
  ),
  /** Rename of a container between two runs of its restart policy asks for a sandbox that is gone. Seen on 20.10 and 26.1. */
  renameNeedsSandbox: since28(true, false),

  // Ports

  /** The order in which several ports are published. Seen on all three with PublishAllPorts. */
  bindingOrder: since28<"largest first" | "exact first">("largest first", "exact first"),
  /** One search finds a port for all addresses of a binding, and sees what is held at others. Seen on 28.5; libnetwork/portallocator. */
  portsOfAllAddressesTogether: since28(false, true),
  /** A host address that is not the host's. Seen on all three (docs/engine-facts.md, 4.4). */
  unavailableHostAddress: since28<
    (
      address: string,
      taken: number,
      asked: { readonly first: number },
      port: PublishedPort,
      containerAddress: string,
    ) => string
  >(
    (address, taken, _asked, port) => proxyFailure("cannot assign requested address")(address, taken, port),
    (address, _taken, asked, port, containerAddress) =>
      `failed to bind host port for ${bracketed(address)}:${asked.first || ""}:${containerAddress}:${port.number}/${port.protocol}: cannot assign requested address`,
  ),
  /** A port held at another address that covers this one: found by the proxy. Seen on 20.10 and 26.1 (28.5 never gets there). */
  blockedHostPort: since28(proxyFailure("address already in use"), proxyFailure("address already in use")),

  // Lists

  /** A list shows annotations. Seen on all three. */
  listsAnnotations: since28(false, true),
  /** Filter `status` with what is no state. Seen on all three (docs/engine-facts.md, 4.5). */
  badStatusFilter: row<(value: string) => string>(
    (value) => `Invalid filter 'status=${value}'`,
    (value) => `invalid filter 'status=${value}'`,
    (value) =>
      `invalid filter 'status=${value}': invalid value for state (${value}): must be one of created, running, paused, restarting, removing, exited, dead`,
  ),
  /** Filter `exited` with what is no number. Seen on all three (docs/engine-facts.md, 4.5). */
  badExitedFilter: since26<(value: string, why: string) => Refusal>(
    (_value, why) => ({ status: 500, message: why }),
    (value, why) => ({ status: 400, message: `invalid filter 'exited=${value}': ${why}` }),
  ),
  /**
   * Filters `before` and `since` with an unknown container. Seen on all three (docs/engine-facts.md, 4.5).
   */
  unknownNeighbour: since26<(ref: string) => Refusal>(
    (ref) => ({ status: 500, message: `no such container ${ref}` }),
    (ref) => ({ status: 404, message: `No such container: ${ref}` }),
  ),
  /** Filter `health` with what is no health. Seen. */
  badHealthFilter: row<(value: string) => string>(
    (value) => `Unrecognised filter value for health: ${value}`,
    (value) => `unrecognized filter value for health: ${value}`,
    (value) =>
      `invalid filter 'health=${value}': invalid value for health (${value}): must be one of none, starting, healthy, unhealthy`,
  ),

  // Execs

  /** Start of an exec whose container stopped meanwhile. moby daemon/exec.go. */
  execContainerStopped: since26<(id: string, status: string) => Refusal>(
    (id, status) => ({ status: 500, message: `Container ${id} is not running: ${status}` }),
    (id) => ({ status: 409, message: `container ${id} is not running` }),
  ),
  /** A second start of an exec. Seen on all three (docs/engine-facts.md, 4.6). */
  execHasRun: since28<(id: string) => string>(
    (id) => `Error: Exec command ${id} has already run`,
    (id) => `exec command ${id} has already run`,
  ),
  /** Start of an exec that runs. Seen on all three. */
  execIsRunning: since28<(id: string) => string>(
    (id) => `Error: Exec command ${id} is already running`,
    (id) => `exec command ${id} is already running`,
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
  /** Start of an exec that cannot be: what stands around the reason; less where it is refused before there is a process. Seen on all three. */
  execFailure: since28<(reason: string, early?: boolean) => string>(
    (reason, early) => `${execFailed(early)}${reason}: unknown`,
    (reason, early) => `${execFailed(early)}${reason}`,
  ),
  /** Whether a user that there is none of fails the exec's creation, not its start. Seen on all three. */
  execUserCheckedFirst: since28(false, true),
  /** More CPUs than there are, or fewer than none. Seen on all three. */
  cpuRange: since28<(cpus: number) => string>(
    (cpus) => `Range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`,
    (cpus) => `range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`,
  ),
  /**
   * Exit code of an exec that cannot be; `undefined` for the one that a container would have. Seen on all three
   * (docs/engine-facts.md, 4.6).
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
