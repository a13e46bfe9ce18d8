import type {
  ContainerCreateRequest,
  ContainerInspect,
  ExecCreateRequest,
  NetworkCreateRequest,
  NetworkInspect,
} from "@dryharbor/sdk/port";
import type { WireAnswer } from "../bytes/request.js";
import { type Command, command } from "../commands/command.js";
import type { Observation } from "../observe/session.js";

/** Something that is not compared, and why. */
export interface Exclusion {
  /**
   * Where, as the entry of an observation and the fields in it; `*` stands for any run of characters
   * within a step.
   * @example ["container *", "GraphDriver"]
   */
  readonly path: readonly [entry: string, ...fields: string[]];
  readonly reason: string;
}

/** All that is not compared. What is compared by less than its value stands in `loosened.ts`; nothing else leaves anything out. */
export const exclusions: readonly Exclusion[] = [
  ...["container *", "outcome"].flatMap((entry): Exclusion[] => {
    const fields = entry === "outcome" ? ["answer"] : [];
    return [
      {
        path: [entry, ...fields, "GraphDriver"],
        reason:
          "names the directories where the storage driver keeps the container's layers, by random ids that nothing else shows",
      },
      {
        path: [entry, ...fields, "HostConfig", "MaskedPaths"],
        reason: "follows the engine's kernel and runc, not its networks",
      },
      {
        path: [entry, ...fields, "HostConfig", "ReadonlyPaths"],
        reason: "follows the engine's kernel and runc, not its networks",
      },
    ];
  }),
  ...["Version", "GitCommit", "GoVersion", "BuildTime", "KernelVersion", "Components", "DockerVersion"].map(
    (field): Exclusion => ({
      path: ["outcome", "answer", field],
      reason: "tells who built and packaged the engine, and its host's kernel; the API versions are compared",
    }),
  ),
  {
    path: ["outcome", "answer", "CanRemove"],
    reason: "set by a timer that collects execs every five minutes, wherever in its round it may be",
  },
  {
    path: ["outcome", "answer", "RootFS"],
    reason:
      "names an image's layers by their content, and the simulator's busybox has other files than the lab's",
  },
];

/**
 * A command after which the engine's state is a matter of chance. Of its step only whether the engine did
 * it is compared, and the sequence ends.
 */
export interface Fork {
  readonly reason: string;
  /** Whether it is so after this command, by what the reference showed. */
  applies(command: Command, expected: Observation): boolean;
}

export const forks: readonly Fork[] = [
  {
    reason:
      "26.1 and 28.5 drop the connection: their handler panics, e.g. on connecting a container in `container:` mode that a forced disconnect left without networks",
    applies: (_, { outcome }) => Object.hasOwn(outcome as object, "broken"),
  },
  {
    reason:
      "a container on several networks that cannot start: the engine goes over them in the order of a Go map, so which were attached before one failed, and which failure is told of, is chance",
    applies({ call }, expected) {
      if (call !== "containers.start" && call !== "containers.restart") return false;
      const { message } = expected.outcome as { message?: string };
      return (
        lostAtItsStart(message, expected) ||
        containersOf(expected).some(
          ({ State, NetworkSettings }) =>
            State.Error !== "" &&
            message?.includes(State.Error) &&
            Object.keys(NetworkSettings.Networks).length > 1,
        )
      );
    },
  },
  {
    reason:
      "a connect that fails when the container's ports are published leaves the interface in its sandbox, which inspect does not show: a leak, by which the container reaches the network all the same",
    applies({ call }, expected) {
      const { message } = expected.outcome as { message?: string };
      return (
        call === "networks.connect" &&
        message?.startsWith("driver failed programming external connectivity") === true
      );
    },
  },
  {
    reason:
      "20.10 lets several networks have one name. Connecting to or disconnecting from such a name can leave an endpoint in the container's sandbox that its settings no longer show: a leak, on which what follows depends",
    applies: (_, expected) =>
      networksOf(expected).some(({ Id, Containers }) =>
        containersOf(expected).some(
          (container) =>
            Object.hasOwn(Containers ?? {}, container.Id) &&
            !Object.values(container.NetworkSettings.Networks).some(({ NetworkID }) => NetworkID === Id),
        ),
      ),
  },
];

/** One that removes itself is gone, and cannot be asked on how many networks it was. */
function lostAtItsStart(message: string | undefined, { events }: Observation): boolean {
  return /^network \S+ not found$/.test(message ?? "") && JSON.stringify(events ?? []).includes('"destroy"');
}

function containersOf(
  observation: Observation,
): Pick<ContainerInspect, "Id" | "State" | "NetworkSettings">[] {
  return entriesOf(observation, "container ") as ContainerInspect[];
}

function networksOf(observation: Observation): Pick<NetworkInspect, "Id" | "Containers">[] {
  return entriesOf(observation, "network ") as NetworkInspect[];
}

function entriesOf(observation: Observation, prefix: string): unknown[] {
  return Object.entries(observation)
    .filter(([entry]) => entry.startsWith(prefix))
    .map(([, value]) => value);
}

/**
 * What a request may say that the simulator takes, and shows as the engine does, and that changes nothing else:
 * no program, file, name or address comes out any different.
 */
export interface UnmodelledInput {
  /** Where in which request. */
  readonly of: "Config" | "HostConfig" | "EndpointConfig" | "network Options" | "exec";
  /** The fields, each with a value that it can have. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

export const unmodelledInputs: readonly UnmodelledInput[] = [
  {
    of: "HostConfig",
    fields: {
      BlkioDeviceReadBps: [],
      BlkioDeviceReadIOps: [],
      BlkioDeviceWriteBps: [],
      BlkioDeviceWriteIOps: [],
      BlkioWeightDevice: [],
      CgroupParent: "/somewhere",
      CpuCount: 1,
      CpuPeriod: 100_000,
      CpuQuota: 50_000,
      CpuRealtimePeriod: 0,
      CpuRealtimeRuntime: 0,
      CpuShares: 512,
      CpusetCpus: "0",
      CpusetMems: "0",
      Memory: 64 * 1024 * 1024,
      MemoryReservation: 32 * 1024 * 1024,
      MemorySwap: 128 * 1024 * 1024,
      OomKillDisable: false,
      OomScoreAdj: 100,
      PidsLimit: 100,
      ShmSize: 1024 * 1024,
      Ulimits: [{ Name: "nofile", Hard: 1024, Soft: 1024 }],
    },
    reason:
      "limits of what programs may use, and these use nothing that could be limited. Statistics name the memory limit. Values that cannot be are refused",
  },
  {
    of: "HostConfig",
    fields: { NanoCpus: 500_000_000 },
    reason: "a limit in other words than CpuPeriod and CpuQuota, with which it does not go",
  },
  {
    of: "HostConfig",
    fields: {
      CapAdd: ["NET_ADMIN"],
      CapDrop: ["MKNOD"],
      DeviceCgroupRules: ["c 1:3 r"],
      Devices: [{ PathOnHost: "/dev/null", PathInContainer: "/dev/nothing", CgroupPermissions: "r" }],
      GroupAdd: ["10"],
      MaskedPaths: ["/proc/kcore"],
      Privileged: true,
      ReadonlyPaths: ["/proc/sys"],
      ReadonlyRootfs: true,
      SecurityOpt: ["no-new-privileges"],
      Sysctls: { "net.ipv4.ip_forward": "0" },
      UsernsMode: "host",
    },
    reason:
      "rights of programs towards a kernel, and there is none: each program may do all that it can do. What names nothing that there is is refused",
  },
  {
    of: "HostConfig",
    fields: {
      Annotations: { "an.annotation": "x" },
      Cgroup: "",
      CgroupnsMode: "private",
      ContainerIDFile: "/tmp/id",
      IpcMode: "shareable",
      Isolation: "default",
      Runtime: "runc",
    },
    reason:
      "how the engine and its runtime make a container, which leaves no mark on what runs in it. What names another runtime or a bad value is refused",
  },
  {
    of: "Config",
    fields: {
      ArgsEscaped: true,
      AttachStderr: true,
      AttachStdin: true,
      AttachStdout: true,
      OnBuild: ["RUN true"],
      Shell: ["/bin/sh"],
    },
    reason: "notes for builders and for clients that attach: the engine only keeps them",
  },
  {
    of: "EndpointConfig",
    fields: { DriverOpts: { "an.option": "x" } },
    reason:
      "options for other network drivers; of those that the bridge driver of 28.5 reads none is acted upon",
  },
  {
    of: "network Options",
    fields: {
      "an.unknown.option": "x",
      "com.docker.network.bridge.enable_icc": "false",
      "com.docker.network.bridge.enable_ip_masquerade": "false",
      "com.docker.network.bridge.gateway_mode_ipv4": "nat-unprotected",
      "com.docker.network.container_iface_prefix": "net",
      "com.docker.network.driver.mtu": "1400",
    },
    reason:
      "rules for packets and the names of interfaces. Values are read, and refused as the engine refuses them; no packet goes any other way",
  },
  {
    of: "exec",
    fields: { ConsoleSize: [24, 80], Privileged: true },
    reason: "as those of a container",
  },
];

/** A command that the property test does not generate, although engines take it. */
export interface UngeneratedCommand {
  readonly reason: string;
  /** Such a command: others of its call may be, too. */
  readonly example: Command;
  applies(args: Command["args"]): boolean;
}

export const ungeneratedCommands: readonly UngeneratedCommand[] = [
  {
    reason: "engines of the lab have no kernel module for it. Its control plane has tests of its own",
    example: command("networks.create", { Name: "alpha", Driver: "macvlan" }),
    applies: (args) => ["macvlan", "ipvlan"].includes(driverOf(args)),
  },
  {
    reason:
      "an unknown driver is first looked for as a plugin, for 15 seconds. Its answer has a test of its own",
    example: command("networks.create", { Name: "alpha", Driver: "nope" }),
    applies: (args) =>
      !["", "bridge", "host", "null", "overlay", "macvlan", "ipvlan"].includes(driverOf(args)),
  },
  {
    reason: "20.10 counts the users of either of two configuration networks of one name, and leaks one",
    example: command("networks.create", { Name: "alpha", ConfigOnly: true }),
    applies(args) {
      const { ConfigOnly, CheckDuplicate } = networkOf(args);
      return ConfigOnly === true && CheckDuplicate !== true;
    },
  },
  {
    reason: "20.10 leaks the subnet of a network whose auxiliary address it cannot read",
    example: command("networks.create", {
      Name: "alpha",
      IPAM: { Config: [{ Subnet: "10.30.0.0/24", AuxiliaryAddresses: { router: "zz" } }] },
    }),
    applies: (args) =>
      (networkOf(args).IPAM?.Config ?? []).some(({ AuxiliaryAddresses }) =>
        Object.values(AuxiliaryAddresses ?? {}).includes("zz"),
      ),
  },
  {
    reason: "28.5 leaks a subnet that one request names twice",
    example: command("networks.create", {
      Name: "alpha",
      IPAM: { Config: [{ Subnet: "10.30.0.0/24" }, { Subnet: "10.30.0.0/24" }] },
    }),
    applies(args) {
      const named = (networkOf(args).IPAM?.Config ?? []).map(({ Subnet }) => Subnet);
      return new Set(named).size < named.length;
    },
  },
  {
    reason:
      "the engine does not wait for the end of an exec that is attached to nothing, and what inspect shows next is a race",
    example: command("exec.create", "web", { Cmd: ["true"] }),
    applies(args) {
      const { Cmd, AttachStdout, AttachStderr } = args[1] as ExecCreateRequest;
      return Cmd.length > 0 && !AttachStdout && !AttachStderr;
    },
  },
  {
    reason:
      "the simulated host has no files: a directory of it is taken as one that is there, shown, and not mounted, so the container sees its own files in that place; a volume with mount options keeps its files itself. Volumes and mounts have tests of their own",
    example: command("containers.create", { Image: "busybox", HostConfig: { Binds: ["/srv:/srv"] } }),
    applies: (args) => ((args[0] as ContainerCreateRequest).HostConfig?.Binds ?? []).length > 0,
  },
];

/** Calls of the port that are not generated at all, by name, each with its reason. */
export const uncomparedCalls: Readonly<Record<string, string>> = {
  "images.pull": "takes layers from a registry, and the lab's engines reach none",
  "images.build": "the simulator has no builder",
  "images.save":
    "a saved image is named and ordered by digests of the time when it was made; clients' loads of it are compared",
  "exec.resize":
    "an engine waits ten seconds for an exec that was not started, and one that runs is no command's: the comparison of streams has both",
  "system.info": "tells of the engine's host; tests of its own look at what is not the host's",
  events: "a stream, of which every command's part is compared",
};

function networkOf(args: Command["args"]): NetworkCreateRequest {
  return args[0] as NetworkCreateRequest;
}

function driverOf(args: Command["args"]): string {
  return networkOf(args).Driver ?? "";
}

/** What is not compared of an answer over HTTP. */
export interface WireExclusion {
  /** Method and path, without the version. */
  readonly target: RegExp;
  /** `order`: of the list that it is. */
  readonly what: "body" | "order";
  readonly reason: string;
}

export const wireExclusions: readonly WireExclusion[] = [
  {
    target: /^GET \/version$/,
    what: "body",
    reason:
      "tells who built and packaged the engine, and its host's kernel; tests of its own look at its fields",
  },
  { target: /^GET \/networks\/?$/, what: "order", reason: "the engine takes the order from a Go map" },
  {
    target: /^GET \/containers\/[^/]+\/changes$/,
    what: "order",
    reason: "the engine takes the order of what is in a directory from a Go map",
  },
  {
    target: /^GET \/images\/(.*\/)?get$/,
    what: "body",
    reason:
      "a saved image is named and ordered by digests of the time when it was made; clients' loads of it are compared",
  },
];

/** An answer over HTTP after which the engine's state is a matter of chance: its sequence ends before it. */
export interface WireFork {
  readonly reason: string;
  applies(answer: WireAnswer): boolean;
}

export const wireForks: readonly WireFork[] = [
  {
    reason:
      "28.5 drops the connection: its handler panics, e.g. on a container with a network whose settings are `null`",
    applies: ({ status }) => Number.isNaN(status),
  },
];

/**
 * Routes that a real engine serves and the simulator does not: it answers 501 with their name. They need a
 * builder or a plugin, none of which the simulator has, or a swarm's scheduler: a simulated swarm has networks,
 * secrets, configs and its node, and no services (outside of a swarm their routes answer as an engine's do).
 */
export const unservedRoutes: readonly string[] = [
  "POST /build",
  "POST /session",
  "POST /grpc",
  "POST /services/create",
  "POST /plugins/pull",
  "POST /plugins/create",
  "POST /plugins/{name}/upgrade",
  // They look into the engine's own process.
  "GET /debug/vars",
  "GET /debug/pprof/",
  "GET /debug/pprof/cmdline",
  "GET /debug/pprof/profile",
  "GET /debug/pprof/symbol",
  "GET /debug/pprof/trace",
  "GET /debug/pprof/{name}",
];

/** What a route that is served is not served with, although engines may be. */
export interface UnservedInput {
  /** Method and target, without the version. */
  readonly request: string;
  /** How the body begins. */
  readonly body: readonly number[];
  readonly status: number;
  readonly message: string;
  readonly reason: string;
}

export const unservedInputs: readonly UnservedInput[] = [
  {
    request: "POST /swarm/init",
    body: [...new TextEncoder().encode('{"ListenAddr":"0.0.0.0","Spec":{"CAConfig":{"SigningCACert":"x"}}}')],
    status: 501,
    message: "the simulator does not serve swarms with a signing certificate of one's own",
    reason:
      "no part of a simulated swarm signs anything for another, and to check such a certificate takes most of X.509. The same of update, and so of swarm ca --rotate",
  },
  {
    request: "POST /images/create?fromSrc=http://127.0.0.1/root.tar",
    body: [],
    status: 501,
    message:
      "the simulator has no network to fetch an archive from: download it, and import the file (fromSrc=-)",
    reason: "the simulator reaches nothing outside of it",
  },
  {
    request: "POST /images/create?fromSrc=-",
    body: [0x42, 0x5a, 0x68],
    status: 501,
    message: "the simulator does not read bzip2: decompress the archive before, or use gzip",
    reason: "no library for it is small, in plain JavaScript and kept up. The same of load and PUT archive",
  },
  {
    request: "POST /images/create?fromSrc=-",
    body: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    status: 500,
    message: 'exec: "xz": executable file not found in $PATH',
    reason:
      "engines run their host's xz. The simulated host has none, nor have the lab's: this is what they say. The same of load and PUT archive",
  },
];
