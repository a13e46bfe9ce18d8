import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import {
  acceptFilters,
  type FilterValues,
  filterValues,
  matchesLabels,
  matchesPattern,
  readYesOrNo,
} from "../filters/match.js";
import type { Release } from "../releases/release.js";
import { InvalidNumber, parseInteger } from "../strconv.js";
import type { Container, ListedNetworks } from "./container.js";
import { imageIfAny } from "./image.js";
import { listedNetworks } from "./listed.js";

const accepted = [
  "ancestor",
  "before",
  "exited",
  "expose",
  "health",
  "id",
  "is-task",
  "isolation",
  "label",
  "name",
  "network",
  "publish",
  "since",
  "status",
  "volume",
];

const states = ["created", "running", "paused", "restarting", "removing", "exited", "dead"];
const healths = ["none", "starting", "healthy", "unhealthy"];

/** The filters of a container list, read and checked. */
export interface ContainerFilter {
  /** Whether containers that do not run are asked for, too. */
  readonly allStates: boolean;
  /** Only containers that were created before this one match. */
  readonly before: Container | undefined;
  /** Only containers that were created after this one match. */
  readonly since: Container | undefined;
  /**
   * Returns whether a container matches by name and id. The engine checks these first, so a list is empty
   * when its `before` container is no candidate: the engine never comes to it.
   */
  isCandidate(container: Container): boolean;
  /** Returns whether a candidate matches the other filters. */
  matches(container: Container): boolean;
}

/**
 * Reads the filters.
 *
 * @throws 400 for an unknown key or value, with other statuses on 20.10 for some of them
 */
export function containerFilter(daemon: Daemon, filters: FilterValues): ContainerFilter {
  acceptFilters(daemon.release, filters, accepted);
  const { containers } = daemon.release;
  const values = (key: string): readonly string[] => filterValues(filters, key);

  const exitCodes = values("exited").map((value) => {
    try {
      return parseInteger(value);
    } catch (error) {
      if (!(error instanceof InvalidNumber)) throw error;
      const { status, message } = containers.badExitedFilter(value, error.message);
      throw engineError(status, message);
    }
  });
  for (const value of values("status")) {
    if (!states.includes(value)) throw engineError(400, containers.badStatusFilter(value));
  }
  for (const value of values("health")) {
    if (!healths.includes(value)) throw engineError(400, containers.badHealthFilter(value));
  }
  const before = values("before")
    .map((ref) => neighbour(daemon, ref))
    .at(-1);
  const since = values("since")
    .map((ref) => neighbour(daemon, ref))
    .at(-1);
  const ancestors = new Set(values("ancestor").flatMap((ref) => imageIfAny(daemon, ref)?.id ?? []));
  const published = portKeys(daemon.release, "publish", values("publish"));
  const exposed = portKeys(daemon.release, "expose", values("expose"));

  const tests: ((container: Container) => boolean)[] = [
    ({ config }) => matchesLabels(filters, "label", config.Labels ?? {}),
  ];
  const isTask = readYesOrNo(daemon.release, filters, "is-task");
  // Only a swarm has tasks.
  if (isTask) tests.push(() => false);
  if (exitCodes.length > 0) {
    tests.push(({ state }) => state.status === "exited" && exitCodes.includes(state.exitCode));
  }
  if (values("status").length > 0) tests.push(({ state }) => values("status").includes(state.status));
  if (values("health").length > 0) {
    tests.push(({ state }) => values("health").includes(state.health?.Status ?? "none"));
  }
  if (values("volume").length > 0) {
    tests.push(({ mounts }) =>
      (mounts ?? []).some(
        ({ name, source, destination }) =>
          values("volume").includes(name || source) || values("volume").includes(destination),
      ),
    );
  }
  if (values("ancestor").length > 0) tests.push(({ image }) => ancestors.has(image?.id ?? ""));
  if (values("network").length > 0) {
    tests.push((container) => {
      const { networks } = listedNetworks(daemon, container);
      return values("network").some((ref) => isOnNetwork(networks, ref));
    });
  }
  if (published.size + exposed.size > 0) {
    tests.push((container) => hasPort(listedNetworks(daemon, container).ports, published, exposed));
  }

  const ids = values("id").map((prefix) => uniqueId(daemon, prefix));

  return {
    allStates: values("status").length > 0,
    before,
    since,
    isCandidate: ({ id, name }) =>
      (ids.length === 0 || ids.includes(id)) &&
      (matchesPattern(daemon.release, filters, "name", `/${name}`) ||
        matchesPattern(daemon.release, filters, "name", name)),
    matches: (container) => tests.every((test) => test(container)),
  };
}

/** Returns the id that a prefix stands for; `undefined` when several ids have it. */
function uniqueId({ containers }: Daemon, prefix: string): string | undefined {
  if (prefix === "") return undefined;
  const [container, another] = containers.byId.startingWith(prefix, 2);
  return another ? undefined : container?.id;
}

function neighbour(daemon: Daemon, ref: string): Container {
  const { byId, named } = daemon.containers;
  const found = byId.get(ref) ?? named(ref.replace(/^\//, ""));
  if (found) return found;
  const { status, message } = daemon.release.containers.unknownNeighbour(ref);
  throw engineError(status, message);
}

/**
 * Matches a network by its exact name or by a prefix of its id, which is known after the container was
 * attached.
 */
function isOnNetwork(networks: ListedNetworks["networks"], ref: string): boolean {
  if (Object.hasOwn(networks, ref)) return true;
  return Object.values(networks).some(({ NetworkID }) => NetworkID.startsWith(ref));
}

/** Lists the ports that `80`, `80/tcp` or `80-90/tcp` stand for. */
function portKeys({ containers }: Release, key: string, values: readonly string[]): Set<string> {
  const keys = new Set<string>();
  for (const value of values) {
    if (value.includes(":")) throw engineError(500, `filter for '${key}' should not contain ':': ${value}`);
    const [range = "", protocol = "tcp"] = value.split("/");
    const [first = "", last = first] = range.split("-");
    const wrong = containers.whyNoPortRange({ value, range, first, last });
    if (wrong) throw engineError(500, `error while looking up for ${key} ${value}: ${wrong}`);
    for (let port = Number(first); port <= Number(last); port++) keys.add(`${port}/${protocol}`);
  }
  return keys;
}

function hasPort(
  ports: ListedNetworks["ports"],
  published: ReadonlySet<string>,
  exposed: ReadonlySet<string>,
): boolean {
  return Object.entries(ports).some(([key, bindings]) => {
    if (exposed.has(key)) return true;
    const [, protocol = ""] = key.split("/");
    return (bindings ?? []).some(({ HostPort }) => published.has(`${HostPort}/${protocol}`));
  });
}
