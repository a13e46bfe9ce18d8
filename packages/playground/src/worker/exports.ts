// The state in other forms: as a compose file, as docker commands, and as pictures. Each holds what lessons are about:
// networks with their subnets, containers with their commands, addresses, aliases, links and ports.
import type { ContainerInspect, Engine, NetworkInspect } from "@dryharbor/sdk/port";
import { mermaid, svg, topology } from "@dryharbor/sdk/topology";
import type { ExportFormat } from "../protocol.js";

/** Writes the state of an engine down. */
export async function exported(engine: Engine, format: ExportFormat): Promise<string> {
  if (format === "mermaid") return mermaid(await topology(engine));
  if (format === "svg") return svg(await topology(engine), { id: "exported" });
  const { networks, containers } = await stateOf(engine);
  return format === "compose" ? composeFile(networks, containers) : dockerCommands(networks, containers);
}

const predefined = new Set(["bridge", "host", "none"]);

async function stateOf(
  engine: Engine,
): Promise<{ networks: NetworkInspect[]; containers: ContainerInspect[] }> {
  const networks = (await engine.networks.list()).filter(({ Name }) => !predefined.has(Name));
  const listed = await engine.containers.list({ all: true });
  const containers: ContainerInspect[] = [];
  // The newest one is listed first.
  for (const { Id } of listed.reverse()) containers.push(await engine.containers.inspect(Id));
  networks.sort((one, other) => (one.Created < other.Created ? -1 : 1));
  return { networks, containers };
}

interface Place {
  readonly network: string;
  readonly aliases: readonly string[];
  readonly links: readonly string[];
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
}

function placesOf({ Id, Name, NetworkSettings }: ContainerInspect): Place[] {
  const own = new Set([Id.slice(0, 12), nameOf(Name)]);
  return Object.entries(NetworkSettings.Networks).map(([network, { Aliases, Links, IPAMConfig }]) => ({
    network,
    aliases: [...new Set(Aliases ?? [])].filter((alias) => !own.has(alias)),
    links: (Links ?? []).map((link) => link.replaceAll("/", "")),
    ipv4: IPAMConfig?.IPv4Address || undefined,
    ipv6: IPAMConfig?.IPv6Address || undefined,
  }));
}

function nameOf(name: string): string {
  return name.replace(/^\//, "");
}

/** The ports as `-p` takes them. */
function portsOf({ HostConfig }: ContainerInspect): string[] {
  return Object.entries(HostConfig.PortBindings ?? {}).flatMap(([key, bindings]) => {
    const inner = key.replace(/\/tcp$/, "");
    return (bindings ?? []).map(({ HostIp, HostPort }) =>
      [HostIp && (HostIp.includes(":") ? `[${HostIp}]` : HostIp), HostPort, inner].filter(Boolean).join(":"),
    );
  });
}

/** What a container runs otherwise than its image says. */
function commandOf({ Config }: ContainerInspect): readonly string[] {
  return typeof Config.Cmd === "string" ? [Config.Cmd] : (Config.Cmd ?? []);
}

function dockerCommands(
  networks: readonly NetworkInspect[],
  containers: readonly ContainerInspect[],
): string {
  const lines = networks.map(({ Name, Driver, Internal, EnableIPv6, IPAM }) =>
    [
      "docker network create",
      ...(Driver === "bridge" ? [] : [`--driver ${Driver}`]),
      ...(Internal ? ["--internal"] : []),
      ...(EnableIPv6 ? ["--ipv6"] : []),
      ...(IPAM.Config ?? []).flatMap(({ Subnet, Gateway }) => [
        ...(Subnet ? [`--subnet ${Subnet}`] : []),
        ...(Gateway ? [`--gateway ${Gateway.split("/")[0]}`] : []),
      ]),
      word(Name),
    ].join(" "),
  );
  for (const container of containers) {
    const name = nameOf(container.Name);
    const { NetworkMode } = container.HostConfig;
    const places = placesOf(container);
    const isShared = NetworkMode.startsWith("container:") || NetworkMode === "host" || NetworkMode === "none";
    const [first, ...others] = isShared ? [] : places;
    const mode = isShared ? sharedMode(NetworkMode, containers) : first?.network;
    lines.push(
      [
        container.State.Running ? "docker run -d" : "docker create",
        `--name ${word(name)}`,
        ...(mode === undefined || mode === "bridge" ? [] : [`--network ${word(mode)}`]),
        ...(first ? placeFlags(first, "--ip", "--network-alias") : []),
        ...portsOf(container).map((port) => `-p ${port}`),
        word(container.Config.Image),
        ...commandOf(container).map(word),
      ].join(" "),
    );
    for (const place of others) {
      lines.push(
        [
          "docker network connect",
          ...placeFlags(place, "--ip", "--alias"),
          word(place.network),
          word(name),
        ].join(" "),
      );
    }
    if (container.State.Paused) lines.push(`docker pause ${word(name)}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

function placeFlags({ aliases, links, ipv4, ipv6 }: Place, ip: string, alias: string): string[] {
  return [
    ...(ipv4 ? [`${ip} ${ipv4}`] : []),
    ...(ipv6 ? [`--ip6 ${ipv6}`] : []),
    ...aliases.map((name) => `${alias} ${word(name)}`),
    ...links.map((link) => `--link ${word(link)}`),
  ];
}

function sharedMode(mode: string, containers: readonly ContainerInspect[]): string {
  const id = /^container:(.*)$/.exec(mode)?.[1];
  const owner = containers.find(({ Id }) => Id === id);
  return owner ? `container:${nameOf(owner.Name)}` : mode;
}

/** A word as a shell reads it. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function composeFile(networks: readonly NetworkInspect[], containers: readonly ContainerInspect[]): string {
  const lines = ["services:"];
  for (const container of containers) {
    const name = nameOf(container.Name);
    const { NetworkMode } = container.HostConfig;
    lines.push(
      `  ${key(name)}:`,
      `    image: ${value(container.Config.Image)}`,
      `    container_name: ${value(name)}`,
    );
    const command = commandOf(container);
    if (command.length > 0)
      lines.push(
        `    command: [${command.map((each) => JSON.stringify(each.replaceAll("$", "$$$$"))).join(", ")}]`,
      );
    const ports = portsOf(container);
    if (ports.length > 0) lines.push("    ports:", ...ports.map((port) => `      - ${JSON.stringify(port)}`));
    const owner = /^container:(.*)$/.exec(sharedMode(NetworkMode, containers))?.[1];
    if (owner !== undefined) {
      lines.push(`    network_mode: ${JSON.stringify(`service:${owner}`)}`);
      continue;
    }
    const places = placesOf(container);
    const isPlain = places.every(({ network }) => predefined.has(network));
    if (isPlain) {
      lines.push(`    network_mode: ${value(NetworkMode === "default" ? "bridge" : NetworkMode)}`);
      continue;
    }
    lines.push("    networks:");
    for (const { network, aliases, ipv4, ipv6 } of places) {
      if (predefined.has(network)) continue;
      const more = [
        ...(aliases.length > 0
          ? [`        aliases: [${aliases.map((alias) => JSON.stringify(alias)).join(", ")}]`]
          : []),
        ...(ipv4 ? [`        ipv4_address: ${ipv4}`] : []),
        ...(ipv6 ? [`        ipv6_address: ${JSON.stringify(ipv6)}`] : []),
      ];
      lines.push(`      ${key(network)}:${more.length === 0 ? " {}" : ""}`, ...more);
    }
    const links = places.flatMap((place) => place.links);
    if (links.length > 0) lines.push("    links:", ...links.map((link) => `      - ${JSON.stringify(link)}`));
  }
  if (containers.length === 0) lines[0] = "services: {}";
  if (networks.length > 0) lines.push("networks:");
  for (const { Name, Driver, Internal, EnableIPv6, IPAM } of networks) {
    lines.push(`  ${key(Name)}:`, `    name: ${value(Name)}`);
    if (Driver !== "bridge") lines.push(`    driver: ${value(Driver)}`);
    if (Internal) lines.push("    internal: true");
    if (EnableIPv6) lines.push("    enable_ipv6: true");
    const pools = (IPAM.Config ?? []).filter(({ Subnet }) => Subnet);
    if (pools.length === 0) continue;
    lines.push("    ipam:", "      config:");
    for (const { Subnet, Gateway } of pools) {
      lines.push(`        - subnet: ${JSON.stringify(Subnet)}`);
      if (Gateway) lines.push(`          gateway: ${JSON.stringify(Gateway.split("/")[0])}`);
    }
  }
  return lines.map((line) => `${line}\n`).join("");
}

function key(text: string): string {
  return /^[A-Za-z][\w.-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function value(text: string): string {
  return /^[A-Za-z][\w./-]*(:[\w.-]+)?$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
