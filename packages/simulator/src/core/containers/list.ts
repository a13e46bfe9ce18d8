import type { ContainerPort, ContainerSummary } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { unixSeconds } from "../clock.js";
import type { Daemon } from "../daemon.js";
import type { FilterValues } from "../filters/match.js";
import { compareText, sortedByKey } from "../go-order.js";
import { listMounts } from "../mounts/show.js";
import type { Container, ListedNetworks } from "./container.js";
import { imageIfAny } from "./image.js";
import { containerFilter } from "./list-filter.js";
import { listedNetworks } from "./listed.js";
import { showManifest } from "./manifest.js";
import { sizeOfContainer } from "./size.js";
import { statusText } from "./status.js";

/** The query of `GET /containers/json`. */
export interface ContainerListQuery {
  readonly all?: boolean | undefined;
  /** The largest number of containers. 0 or less: no limit. */
  readonly limit?: number | undefined;
  readonly size?: boolean | undefined;
  readonly filters?: FilterValues | undefined;
  readonly apiVersion?: string | undefined;
}

/** `GET /containers/json`, newest container first. */
export function listContainers(daemon: Daemon, query: ContainerListQuery = {}): ContainerSummary[] {
  const filter = containerFilter(daemon, query.filters ?? {});
  const limit = query.limit ?? 0;
  const all = query.all || limit > 0 || filter.allStates;
  const listed: Container[] = [];
  let before = filter.before;
  for (const container of [...daemon.containers.byId.values()].reverse()) {
    if (!filter.isCandidate(container)) continue;
    if (before) {
      if (container === before) before = undefined;
      continue;
    }
    if (container === filter.since) break;
    if (limit > 0 && listed.length === limit) break;
    if (!all && !isShownByDefault(container)) continue;
    if (filter.matches(container)) listed.push(container);
  }
  return listed.map((container) => summarize(daemon, container, query));
}

function isShownByDefault({ state }: Container): boolean {
  return ["running", "paused", "restarting"].includes(state.status);
}

function summarize(daemon: Daemon, container: Container, query: ContainerListQuery): ContainerSummary {
  const { id, name, image, config, hostConfig, path, args } = container;
  const linked = daemon.containers.linkNames(container);
  const { networks, ports } = listedNetworks(daemon, container);
  return {
    Id: id,
    Names: [name, ...linked].map((each) => `/${each}`).toSorted(compareText),
    Image: shownImage(daemon, container),
    ImageID: image?.id ?? "",
    ...showManifest(daemon, container, query.apiVersion),
    Command: shownCommand([path, ...args]),
    Created: unixSeconds(container.created),
    Ports: showPorts(daemon, ports),
    ...(query.size && showSize(daemon, container)),
    Labels: (config.Labels ? sortedByKey(config.Labels) : null) as Record<string, string>,
    State: container.state.status,
    Status: statusText(container, daemon.clock.now()),
    HostConfig: {
      NetworkMode: hostConfig.NetworkMode,
      ...showAnnotations(daemon, container, query.apiVersion),
    },
    ...showHealth(daemon, container, query.apiVersion),
    NetworkSettings: { Networks: { ...networks } },
    Mounts: listMounts(container),
  };
}

/** Shows the sizes, without those that are 0. */
function showSize(daemon: Daemon, container: Container): { SizeRw?: number; SizeRootFs?: number } {
  const { own, all } = sizeOfContainer(daemon, container);
  return { ...(own > 0 && { SizeRw: own }), ...(all > 0 && { SizeRootFs: all }) };
}

/** Shows the image as the container names it, or its id when that name now belongs to another image. */
function shownImage(daemon: Daemon, { config, image }: Container): string {
  const id = image?.id ?? "";
  return config.Image === "" || imageIfAny(daemon, config.Image)?.id === id ? config.Image : id;
}

/** Shows the command. Arguments with blanks are put in quotes; quotes inside them are not escaped. */
function shownCommand([path = "", ...args]: readonly string[]): string {
  const quoted = args.map((arg) => (arg.includes(" ") ? `'${arg}'` : arg));
  return [path, ...quoted].join(" ");
}

/** Shows the annotations, from API 1.46 on. Seen on 28.5. */
function showAnnotations(
  { release }: Daemon,
  { hostConfig: { Annotations } }: Container,
  apiVersion: string | undefined,
): { Annotations?: unknown } {
  if (!release.containers.listsAnnotations || isOlder(apiVersion, "1.46")) return {};
  if (typeof Annotations !== "object" || Annotations === null || Object.keys(Annotations).length === 0)
    return {};
  return { Annotations: sortedByKey(Annotations as Record<string, unknown>) };
}

/** Shows the health. Without a health check it is `none`. */
function showHealth(
  { release }: Daemon,
  { state: { health } }: Container,
  apiVersion: string | undefined,
): Pick<ContainerSummary, "Health"> {
  const since = release.containers.listsHealthSince;
  if (since === undefined || isOlder(apiVersion, since)) return {};
  const { Status, FailingStreak } = health ?? { Status: "none", FailingStreak: 0 };
  return { Health: { Status, FailingStreak } };
}

function showPorts({ release }: Daemon, ports: ListedNetworks["ports"]): ContainerPort[] {
  return Object.entries(ports).flatMap(([key, bindings]) => {
    const [number = "", Type = ""] = key.split("/");
    const PrivatePort = Number(number);
    const { listsEmptyIP, listsRoutedPorts } = release.containers;
    if (!bindings || bindings.length === 0) return [{ ...(listsEmptyIP && { IP: "" }), PrivatePort, Type }];
    return bindings
      .filter(({ HostPort = "" }) => listsRoutedPorts || HostPort !== "")
      .map(({ HostIp = "", HostPort = "" }) => ({
        IP: HostIp,
        PrivatePort,
        // A port on a routed network takes no port of the host.
        ...(HostPort !== "" && { PublicPort: Number(HostPort) }),
        Type,
      }));
  });
}
