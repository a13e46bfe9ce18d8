import type { ContainerInspect, NetworkInspect } from "@dryharbor/sdk/port";
import type { Command } from "../commands/command.js";
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

/** All that is not compared. The comparer reads this list, and nothing else leaves anything out. */
export const exclusions: readonly Exclusion[] = [
  ...["container *", "outcome"].flatMap((entry): Exclusion[] => {
    const fields = entry === "outcome" ? ["answer"] : [];
    return [
      {
        path: [entry, ...fields, "GraphDriver"],
        reason: "names layers of the engine's storage driver, and containers have no layers here",
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
    reason: "names an image's layers by their content, and images have none here",
  },
];

/**
 * A command after which the engine's state is a matter of chance. Of its step only whether the engine did
 * it is compared, and the sequence ends.
 */
export interface Fork {
  readonly reason: string;
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
            Object.hasOwn(Containers, container.Id) &&
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
];

/**
 * Routes that a real engine serves and the simulator does not: it answers 501 with their name. They need a
 * builder, a plugin or a swarm, none of which the simulator has.
 */
export const unservedRoutes: readonly string[] = [
  "POST /build",
  "POST /session",
  "POST /grpc",
  "POST /swarm/init",
  "POST /swarm/join",
  "POST /commit",
  "GET /containers/{name}/archive",
  "HEAD /containers/{name}/archive",
  "PUT /containers/{name}/archive",
  "GET /containers/{name}/changes",
  "GET /containers/{name}/export",
  "GET /images/get",
  "GET /images/{name}/get",
  "POST /images/load",
  "POST /images/prune",
  "GET /images/{name}/history",
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
