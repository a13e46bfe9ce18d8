// What the comparisons leave out, and why: values that are not compared, commands after which a real engine's
// state is chance, inputs that the simulator takes without effect, and routes that it does not serve.
// `compare.ts`, the generators and `bytes/` use it; the tests beside it hold each list to what it says.

import type {
  ContainerInspect,
  ExecCreateRequest,
  NetworkCreateRequest,
  NetworkInspect,
} from "@dryharbor/sdk/port";
import type { WireAnswer } from "../bytes/request.js";
import { type Command, command } from "../commands/command.js";
import type { Observation } from "../observe/session.js";

/** A value that is not compared. */
export interface Exclusion {
  /**
   * The entry of an observation and the fields inside it. `*` stands for any characters within a step.
   * @example ["container *", "GraphDriver"]
   */
  readonly path: readonly [entry: string, ...fields: string[]];
  readonly reason: string;
}

/**
 * All values that are not compared. What is compared less strictly is listed in `loosened.ts`. Nothing else
 * is left out.
 */
export const exclusions: readonly Exclusion[] = [
  ...["container *", "outcome"].flatMap((entry): Exclusion[] => {
    const fields = entry === "outcome" ? ["answer"] : [];
    return [
      {
        path: [entry, ...fields, "GraphDriver"],
        reason: "It names the directories of the container's layers by random ids that nothing else shows.",
      },
      {
        path: [entry, ...fields, "HostConfig", "MaskedPaths"],
        reason: "It depends on the engine's kernel and on runc.",
      },
      {
        path: [entry, ...fields, "HostConfig", "ReadonlyPaths"],
        reason: "It depends on the engine's kernel and on runc.",
      },
    ];
  }),
  ...["Version", "GitCommit", "GoVersion", "BuildTime", "KernelVersion", "Components", "DockerVersion"].map(
    (field): Exclusion => ({
      path: ["outcome", "answer", field],
      reason: "It describes the engine's build and the host's kernel. The API versions are compared.",
    }),
  ),
  {
    path: ["outcome", "answer", "CanRemove"],
    reason: "It is set by a timer that collects execs every five minutes.",
  },
  {
    path: ["outcome", "answer", "RootFS"],
    reason:
      "It names an image's layers by their content. The simulator's busybox has other files than the lab's.",
  },
];

/**
 * A command after which the engine's state is a matter of chance. Of its step only its success is compared,
 * and the sequence ends.
 */
export interface Fork {
  readonly reason: string;
  /** Returns true if this command, with what the reference showed after it, is such a case. */
  applies(command: Command, expected: Observation): boolean;
}

export const forks: readonly Fork[] = [
  {
    reason:
      "26.1 and 28.5 drop the connection because their handler panics. Example: connecting a container in `container:` mode that a forced disconnect left without networks.",
    applies: (_, { outcome }) => Object.hasOwn(outcome as object, "broken"),
  },
  {
    reason:
      "A container on several networks cannot start. The engine attaches them in the order of a Go map, so it is chance which ones were attached before one failed, and which failure the message names.",
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
      "The source of a bind cannot be made, and the container has other mounts. The engine sets them up in the order of a Go map, so it is chance which were before it: they have their events, and show their source in place of the engine's file.",
    applies(_, expected) {
      const { message } = expected.outcome as { message?: string };
      const [, source] = /error while creating mount source path '([^']*)'/.exec(message ?? "") ?? [];
      return (
        source !== undefined &&
        containersOf(expected).some(
          ({ Mounts }) =>
            Mounts.length > 1 && Mounts.some((mount) => (mount as { Source?: string }).Source === source),
        )
      );
    },
  },
  {
    reason:
      "A connect fails while the container's ports are being published. The engine then leaks the interface in the container's sandbox: inspect does not show it, but the container reaches the network.",
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
      "In 20.10 several networks can have one name. Connecting to or disconnecting from that name can leak an endpoint in the container's sandbox, which its settings no longer show and on which later commands depend.",
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

/**
 * Returns true for a container that removed itself when its start failed, so that inspect cannot tell its
 * networks.
 */
function lostAtItsStart(message: string | undefined, { events }: Observation): boolean {
  return /^network \S+ not found$/.test(message ?? "") && JSON.stringify(events ?? []).includes('"destroy"');
}

function containersOf(
  observation: Observation,
): Pick<ContainerInspect, "Id" | "State" | "NetworkSettings" | "Mounts">[] {
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
 * A field of a request that the simulator takes and shows as the engine does, and that has no other effect:
 * every program, file, name and address stays the same.
 */
export interface UnmodelledInput {
  /** The part of a request that has the field. */
  readonly of: "Config" | "HostConfig" | "EndpointConfig" | "network Options" | "exec";
  /** The fields, each with a valid value. */
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
      "They limit what programs may use, and the simulator's programs use nothing that could be limited. Statistics show the memory limit. Invalid values are refused.",
  },
  {
    of: "HostConfig",
    fields: { NanoCpus: 500_000_000 },
    reason: "It sets the same limit as CpuPeriod and CpuQuota, and cannot be combined with them.",
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
      "They give or take rights towards the kernel. The simulator has none, so each program may do all that it can do. Values that name something unknown are refused.",
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
      "They say how the engine and its runtime make a container, which programs in it cannot see. Another runtime or an invalid value is refused.",
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
    reason: "They are notes for builders and for clients that attach. The engine only keeps them.",
  },
  {
    of: "EndpointConfig",
    fields: { DriverOpts: { "an.option": "x" } },
    reason:
      "They are options for other network drivers. The bridge driver of 28.5 reads some, and the simulator acts on none of these.",
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
      "They set rules for packets and names of interfaces. Values are read, and refused as the engine refuses them, but no packet takes another way.",
  },
  {
    of: "exec",
    fields: { ConsoleSize: [24, 80], Privileged: true },
    reason: "They have no effect for the same reason as a container's.",
  },
];

/** A command that the property test does not generate, although engines take it. */
export interface UngeneratedCommand {
  readonly reason: string;
  /** An example of such a command. Other commands of the same call may be generated. */
  readonly example: Command;
  applies(args: Command["args"]): boolean;
}

export const ungeneratedCommands: readonly UngeneratedCommand[] = [
  {
    reason: "The lab's engines lack the kernel module. The driver's control plane has tests of its own.",
    example: command("networks.create", { Name: "alpha", Driver: "macvlan" }),
    applies: (args) => ["macvlan", "ipvlan"].includes(driverOf(args)),
  },
  {
    reason: "An engine first looks 15 seconds for a plugin of that name. Its answer has a test of its own.",
    example: command("networks.create", { Name: "alpha", Driver: "nope" }),
    applies: (args) =>
      !["", "bridge", "host", "null", "overlay", "macvlan", "ipvlan"].includes(driverOf(args)),
  },
  {
    reason: "If two configuration networks have one name, 20.10 counts users of either and leaks one.",
    example: command("networks.create", { Name: "alpha", ConfigOnly: true }),
    applies(args) {
      const { ConfigOnly, CheckDuplicate } = networkOf(args);
      return ConfigOnly === true && CheckDuplicate !== true;
    },
  },
  {
    reason: "20.10 leaks the subnet of a network whose auxiliary address it cannot read.",
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
    reason: "28.5 leaks a subnet that one request names twice.",
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
      "The engine does not wait for the end of an exec that is attached to nothing, so what inspect shows next is a race.",
    example: command("exec.create", "web", { Cmd: ["true"] }),
    applies(args) {
      const { Cmd, AttachStdout, AttachStderr } = args[1] as ExecCreateRequest;
      return Cmd.length > 0 && !AttachStdout && !AttachStderr;
    },
  },
];

/** The calls of the port that are not generated at all, by name. */
export const uncomparedCalls: Readonly<Record<string, string>> = {
  "images.pull": "A pull takes layers from a registry, and the lab's engines reach none.",
  "images.build":
    "An image's id depends on when it was built. Recorded builds are compared with their streams, images and events (lab/builds).",
  "images.save":
    "A saved image is named and ordered by digests that depend on when it was made. The comparison of clients covers loading one.",
  "exec.resize":
    "An engine waits ten seconds for an exec that was not started, and no command leaves one running. The comparison of streams covers both.",
  "system.info": "It describes the engine's host. Tests of its own compare what does not depend on the host.",
  events: "It is a stream. Its part after every command is compared.",
};

function networkOf(args: Command["args"]): NetworkCreateRequest {
  return args[0] as NetworkCreateRequest;
}

function driverOf(args: Command["args"]): string {
  return networkOf(args).Driver ?? "";
}

/** A part of an answer over HTTP that is not compared. */
export interface WireExclusion {
  /** Method and path, without the version. */
  readonly target: RegExp;
  /** `body`: the whole body. `order`: the order of the list that the body is. */
  readonly what: "body" | "order";
  readonly reason: string;
}

export const wireExclusions: readonly WireExclusion[] = [
  {
    target: /^GET \/version$/,
    what: "body",
    reason: "It describes the engine's build and the host's kernel. Tests of its own compare its fields.",
  },
  { target: /^GET \/networks\/?$/, what: "order", reason: "The engine takes the order from a Go map." },
  {
    target: /^GET \/containers\/[^/]+\/changes$/,
    what: "order",
    reason: "The engine takes the order of a directory's entries from a Go map.",
  },
  {
    target: /^GET \/images\/(.*\/)?get$/,
    what: "body",
    reason:
      "A saved image is named and ordered by digests that depend on when it was made. The comparison of clients covers loading one.",
  },
];

/** An answer over HTTP after which the engine's state is a matter of chance. The sequence ends before it. */
export interface WireFork {
  readonly reason: string;
  applies(answer: WireAnswer): boolean;
}

export const wireForks: readonly WireFork[] = [
  {
    reason:
      "28.5 drops the connection because its handler panics. Example: a container with a network whose settings are `null`.",
    applies: ({ status }) => Number.isNaN(status),
  },
];

/**
 * Routes that a real engine serves and the simulator answers with 501 and the route's name. They need
 * BuildKit, a plugin or a swarm's scheduler, which the simulator does not have: a simulated swarm has
 * networks, secrets, configs and its node, and no services. Engines have BuildKit beside the classic builder, and say so in
 * `Builder-Version`. The simulator says the same, since clients without a BuildKit of their own build by the classic one then,
 * as they do on an engine. (Outside a swarm the routes of services answer as
 * an engine's do.)
 */
export const unservedRoutes: readonly string[] = [
  "POST /session",
  "POST /grpc",
  "POST /services/create",
  "POST /plugins/pull",
  "POST /plugins/create",
  "POST /plugins/{name}/upgrade",
  // These show the inside of the engine's own process.
  "GET /debug/vars",
  "GET /debug/pprof/",
  "GET /debug/pprof/cmdline",
  "GET /debug/pprof/profile",
  "GET /debug/pprof/symbol",
  "GET /debug/pprof/trace",
  "GET /debug/pprof/{name}",
];

/** An input that a served route refuses, although an engine may take it. */
export interface UnservedInput {
  /** Method and target, without the version. */
  readonly request: string;
  /** The first bytes of the body. */
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
      "No part of a simulated swarm signs anything for another, and checking such a certificate takes most of X.509. The same holds for update, and so for `swarm ca --rotate`.",
  },
  {
    request: "POST /images/create?fromSrc=http://127.0.0.1/root.tar",
    body: [],
    status: 501,
    message:
      "the simulator has no network to fetch an archive from: download it, and import the file (fromSrc=-)",
    reason: "The simulator reaches nothing outside itself.",
  },
  {
    request: "POST /images/create?fromSrc=-",
    body: [0x42, 0x5a, 0x68],
    status: 501,
    message: "the simulator does not read bzip2: decompress the archive before, or use gzip",
    reason:
      "No library for bzip2 is small, in plain JavaScript and maintained. The same holds for load and PUT archive.",
  },
  {
    request: "POST /images/create?fromSrc=-",
    body: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    status: 500,
    message: 'exec: "xz": executable file not found in $PATH',
    reason:
      "Engines run their host's xz. The simulated host and the lab's hosts have none, and this is what engines then say. The same holds for load and PUT archive.",
  },
];
