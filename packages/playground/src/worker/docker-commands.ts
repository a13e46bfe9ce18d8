// Networks and containers as the docker commands that make them.
import type { DescribedContainer, DescribedNetwork, Place } from "./described.js";

/** Writes the commands, one a line. */
export function dockerCommands(
  networks: readonly DescribedNetwork[],
  containers: readonly DescribedContainer[],
): string {
  const lines = [
    ...networks.map(createNetwork),
    ...containers.flatMap(makeContainer),
    // One that is paused or stopped can be joined by others before.
    ...containers.flatMap(({ name, state }) => {
      if (state === "paused") return [["docker pause", name]];
      return state === "exited" || state === "dead" ? [["docker stop", name]] : [];
    }),
  ];
  return lines.map(([first, ...words]) => `${[first, ...words.map(word)].join(" ")}\n`).join("");
}

/** A command, whose first part is written as it is. */
type Line = readonly [string, ...string[]];

function createNetwork({ name, driver, internal, ipv6, pools, options, labels }: DescribedNetwork): Line {
  return [
    "docker network create",
    ...(driver === "bridge" ? [] : ["--driver", driver]),
    ...(internal ? ["--internal"] : []),
    ...(ipv6 ? ["--ipv6"] : []),
    ...pools.flatMap(({ subnet, gateway, range }) => [
      "--subnet",
      subnet,
      ...(gateway ? ["--gateway", gateway] : []),
      ...(range ? ["--ip-range", range] : []),
    ]),
    ...Object.entries(options).flatMap(([key, value]) => ["--opt", `${key}=${value}`]),
    ...Object.entries(labels).flatMap(([key, value]) => ["--label", `${key}=${value}`]),
    name,
  ];
}

function makeContainer(container: DescribedContainer): Line[] {
  const { name, image, mode, places, entrypoint, command } = container;
  const [first, ...others] = places;
  const network =
    mode === undefined ? first?.network : typeof mode === "string" ? mode : `container:${mode.networkOf}`;
  const [program, ...rest] = entrypoint;
  return [
    [
      container.state === "created" ? "docker create" : "docker run -d",
      ...(container.hasInput ? ["-i"] : []),
      ...(container.isTerminal ? ["-t"] : []),
      "--name",
      name,
      ...(network === undefined || network === "bridge" ? [] : ["--network", network]),
      ...(first ? placeFlags(first, "--network-alias") : []),
      ...each("-p", container.ports),
      ...each("--expose", container.exposed),
      ...each("-e", container.env),
      ...each("-v", container.binds),
      ...each("--add-host", container.hosts),
      ...each("--dns", container.dns),
      ...each(
        "--label",
        Object.entries(container.labels).map(([key, value]) => `${key}=${value}`),
      ),
      ...(container.hostname ? ["--hostname", container.hostname] : []),
      ...(container.workingDir ? ["-w", container.workingDir] : []),
      ...(container.user ? ["-u", container.user] : []),
      ...(container.restart ? ["--restart", container.restart] : []),
      ...(container.isPrivileged ? ["--privileged"] : []),
      ...(container.healthCommand === undefined ? [] : ["--health-cmd", container.healthCommand]),
      ...(container.healthInterval === undefined
        ? []
        : ["--health-interval", `${container.healthInterval}s`]),
      ...(program === undefined ? [] : ["--entrypoint", program]),
      image,
      ...rest,
      ...command,
    ],
    ...others.map(
      (place): Line => ["docker network connect", ...placeFlags(place, "--alias"), place.network, name],
    ),
  ];
}

function placeFlags({ aliases, links, ipv4, ipv6 }: Place, alias: string): string[] {
  return [
    ...(ipv4 ? ["--ip", ipv4] : []),
    ...(ipv6 ? ["--ip6", ipv6] : []),
    ...each(alias, aliases),
    ...each("--link", links),
  ];
}

function each(flag: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [flag, value]);
}

/** A word as a shell reads it. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
