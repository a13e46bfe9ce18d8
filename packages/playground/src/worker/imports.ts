// Makes what a file tells of: a compose file, or what `docker network inspect` and `docker inspect` have printed on a
// real engine. Either becomes a file of the host and a command that carries it out, so that whatever is imported can be
// taken back, shared and played on another release as if it had been typed.
import type { ContainerInspect, NetworkInspect } from "@dryharbor/sdk/port";
import { createSimulator } from "@dryharbor/simulator";
import {
  type DescribedContainer,
  type DescribedNetwork,
  describedContainers,
  describedNetworks,
  imagesOf,
  isPredefined,
} from "./described.js";
import { dockerCommands } from "./docker-commands.js";

/** A file of the host, and the command that carries it out. */
export interface Carried {
  readonly file: string;
  readonly text: string;
  readonly command: string;
}

/**
 * Reads a file that tells of networks and containers.
 * @throws it is nothing of that kind
 */
export async function carriedBy(text: string): Promise<Carried> {
  if (text.trim() === "") throw new Error("There is nothing to read: paste the text, or choose a file.");
  const start = text.trimStart();
  const compose = { file: "compose.yaml", text, command: "docker compose up -d" };
  if (!start.startsWith("[") && !start.startsWith("{")) {
    if (/^(services|networks|name|version|include)\s*:/m.test(text)) return compose;
    throw new Error(
      "This is neither a compose file nor the output of docker inspect: a compose file has `services:`, and docker inspect prints JSON.",
    );
  }
  const things = jsonValues(text)
    .flatMap((each) => (Array.isArray(each) ? each : [each]))
    .filter((each): each is object => typeof each === "object" && each !== null);
  if (things.some((each) => "services" in each)) return compose;
  const networks = things.filter((each): each is NetworkInspect => "IPAM" in each && "Driver" in each);
  const containers = things.filter(isContainer);
  if (networks.length + containers.length === 0) {
    throw new Error(
      "No network and no container is in this JSON: copy what `docker network inspect NAME` or `docker inspect NAME` prints.",
    );
  }
  return { file: "import.sh", text: await commandsFor(networks, containers), command: "sh import.sh" };
}

function isContainer(thing: object): thing is ContainerInspect {
  return ["Id", "Name", "Config", "HostConfig", "State", "NetworkSettings"].every((field) => field in thing);
}

/** Reads several JSON values that stand one after the other, as the outputs of several commands do. */
function jsonValues(text: string): unknown[] {
  const values: unknown[] = [];
  let start = 0;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (isText) {
      if (letter === "\\") at++;
      else if (letter === '"') isText = false;
    } else if (letter === '"') isText = true;
    else if (letter === "[" || letter === "{") depth++;
    else if (letter === "]" || letter === "}") {
      depth--;
      if (depth > 0) continue;
      values.push(jsonValue(text, start, at + 1));
      start = at + 1;
    }
  }
  if (text.slice(start).trim() !== "")
    throw new Error("This JSON is damaged: it ends in the middle of something. Copy all of it.");
  return values;
}

function jsonValue(text: string, start: number, end: number): unknown {
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    const lines = [start, end].map((at) => text.slice(0, at).trimEnd().split("\n").length);
    const place = lines[0] === lines[1] ? `line ${lines[0]}` : `lines ${lines[0]} to ${lines[1]}`;
    throw new Error(`This JSON is damaged: something is missing or too much in ${place}.`);
  }
}

/** The commands that make the same again, with the same addresses. */
async function commandsFor(
  networks: readonly NetworkInspect[],
  containers: readonly ContainerInspect[],
): Promise<string> {
  // What an image brings itself is left out, as far as the simulator knows that image.
  const { engine, close } = scratch();
  for (const image of new Set(containers.map(({ Config }) => Config.Image)))
    await engine.images.pull(image).catch(() => undefined);
  const images = await imagesOf(engine, containers);
  await close();
  const inspected = { networks, containers, images, keepsAddresses: true };
  const known = describedContainers(inspected);
  return dockerCommands(
    [...describedNetworks(inspected), ...missingNetworks(networks, containers)],
    [...known, ...strangers(networks, containers)],
  );
}

function scratch() {
  const simulator = createSimulator();
  return { engine: simulator.engine, close: () => simulator.close() };
}

/** Networks that containers are on, and that were not inspected themselves. */
function missingNetworks(
  networks: readonly NetworkInspect[],
  containers: readonly ContainerInspect[],
): DescribedNetwork[] {
  const known = new Set(networks.map(({ Name }) => Name));
  const missing = new Map<string, DescribedNetwork>();
  for (const { NetworkSettings } of containers) {
    for (const [name, { Gateway, IPAddress, IPPrefixLen, GlobalIPv6Address }] of Object.entries(
      NetworkSettings.Networks,
    )) {
      if (known.has(name) || isPredefined(name) || missing.get(name)?.pools.length) continue;
      const subnet = subnetOf(IPAddress, IPPrefixLen);
      missing.set(name, {
        name,
        driver: "bridge",
        internal: IPAddress !== "" && !Gateway,
        ipv6: Boolean(GlobalIPv6Address),
        pools: subnet === undefined ? [] : [{ subnet, ...(Gateway && { gateway: Gateway }) }],
        options: {},
        labels: {},
      });
    }
  }
  return [...missing.values()];
}

/** The subnet that an IPv4 address is of. */
function subnetOf(address: string, length: number): string | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || length < 1 || length > 32) return undefined;
  const kept = parts.map(
    (part, index) => part & (0xff00 >> Math.min(Math.max(length - index * 8, 0), 8)) & 0xff,
  );
  return `${kept.join(".")}/${length}`;
}

/** Containers that networks tell of, and that were not inspected themselves: somebody who only waits stands for each. */
function strangers(
  networks: readonly NetworkInspect[],
  containers: readonly ContainerInspect[],
): DescribedContainer[] {
  const known = new Set(containers.map(({ Name }) => Name.replace(/^\//, "")));
  const found = new Map<string, DescribedContainer>();
  for (const { Name: network, Containers } of networks) {
    for (const { Name: name, IPv4Address, IPv6Address } of Object.values(Containers ?? {})) {
      if (known.has(name)) continue;
      const [ipv4, ipv6] = [IPv4Address, IPv6Address].map((each) => each?.split("/")[0]);
      const isOwn = !isPredefined(network);
      const place = {
        network,
        aliases: [],
        links: [],
        ...(isOwn && ipv4 && { ipv4 }),
        ...(isOwn && ipv6 && { ipv6 }),
      };
      const before = found.get(name);
      if (network === "host" || network === "none") {
        found.set(name, { ...waiting(name), mode: network });
      } else {
        found.set(name, { ...waiting(name), places: [...(before?.places ?? []), place] });
      }
    }
  }
  return [...found.values()];
}

function waiting(name: string): DescribedContainer {
  return {
    name,
    image: "busybox",
    places: [],
    ports: [],
    exposed: [],
    entrypoint: [],
    command: ["sleep", "infinity"],
    env: [],
    labels: {},
    binds: [],
    hosts: [],
    dns: [],
    isTerminal: false,
    hasInput: false,
    isPrivileged: false,
    state: "running",
  };
}
