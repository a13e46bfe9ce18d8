// Networks and containers as a compose file.
import { type DescribedContainer, type DescribedNetwork, isPredefined } from "./described.js";

/** Writes the file. */
export function composeFile(
  networks: readonly DescribedNetwork[],
  containers: readonly DescribedContainer[],
): string {
  const lines = [
    ...(containers.length === 0 ? ["services: {}"] : ["services:"]),
    ...containers.flatMap(service),
    ...(networks.length > 0 ? ["networks:"] : []),
    ...networks.flatMap(network),
    ...volumes(containers),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function service(container: DescribedContainer): string[] {
  const { name, places } = container;
  const fields = [
    `image: ${value(container.image)}`,
    `container_name: ${value(name)}`,
    ...words("entrypoint", container.entrypoint),
    ...words("command", container.command),
    ...list("ports", container.ports),
    ...list("expose", container.exposed),
    ...list("environment", container.env),
    ...list("volumes", container.binds),
    ...list("extra_hosts", container.hosts),
    ...list("dns", container.dns),
    ...list(
      "labels",
      Object.entries(ownLabels(container.labels)).map(([key, value]) => `${key}=${value}`),
    ),
    ...(container.hostname ? [`hostname: ${value(container.hostname)}`] : []),
    ...(container.workingDir ? [`working_dir: ${value(container.workingDir)}`] : []),
    ...(container.user ? [`user: ${text(container.user)}`] : []),
    ...(container.restart ? [`restart: ${value(container.restart)}`] : []),
    ...(container.hasInput ? ["stdin_open: true"] : []),
    ...(container.isTerminal ? ["tty: true"] : []),
    ...(container.isPrivileged ? ["privileged: true"] : []),
    ...(container.healthCommand === undefined
      ? []
      : [
          "healthcheck:",
          `  test: ${text(container.healthCommand)}`,
          ...(container.healthInterval === undefined ? [] : [`  interval: ${container.healthInterval}s`]),
        ]),
    ...wiring(container),
    ...list(
      "links",
      places.flatMap(({ links }) => links),
    ),
  ];
  return [`  ${key(name)}:`, ...fields.map((field) => `    ${field}`)];
}

/** How a service is on the network. */
function wiring({ mode, places }: DescribedContainer): string[] {
  if (mode !== undefined) {
    return [`network_mode: ${typeof mode === "string" ? value(mode) : text(`service:${mode.networkOf}`)}`];
  }
  const own = places.filter(({ network }) => !isPredefined(network));
  if (own.length === 0) return ["network_mode: bridge"];
  return [
    "networks:",
    ...own.flatMap(({ network, aliases, ipv4, ipv6 }) => {
      const more = [
        ...words("aliases", aliases),
        ...(ipv4 ? [`ipv4_address: ${ipv4}`] : []),
        ...(ipv6 ? [`ipv6_address: ${text(ipv6)}`] : []),
      ];
      return [`  ${key(network)}:${more.length === 0 ? " {}" : ""}`, ...more.map((field) => `    ${field}`)];
    }),
  ];
}

function network({ name, driver, internal, ipv6, pools, options, labels }: DescribedNetwork): string[] {
  const fields = [
    `name: ${value(name)}`,
    ...(driver === "bridge" ? [] : [`driver: ${value(driver)}`]),
    ...(internal ? ["internal: true"] : []),
    ...(ipv6 ? ["enable_ipv6: true"] : []),
    ...mapping("driver_opts", options),
    ...mapping("labels", ownLabels(labels)),
    ...(pools.length === 0
      ? []
      : [
          "ipam:",
          "  config:",
          ...pools.flatMap(({ subnet, gateway, range }) => [
            `    - subnet: ${text(subnet)}`,
            ...(gateway ? [`      gateway: ${text(gateway)}`] : []),
            ...(range ? [`      ip_range: ${text(range)}`] : []),
          ]),
        ]),
  ];
  return [`  ${key(name)}:`, ...fields.map((field) => `    ${field}`)];
}

/** Volumes with a name are declared, or compose refuses the file. */
function volumes(containers: readonly DescribedContainer[]): string[] {
  const sources = containers.flatMap(({ binds }) => binds.map((bind) => bind.split(":")[0]!));
  const names = [...new Set(sources.filter((source) => !source.startsWith("/")))];
  if (names.length === 0) return [];
  return ["volumes:", ...names.flatMap((name) => [`  ${key(name)}:`, `    name: ${value(name)}`])];
}

/** Without the labels by which compose knows what it has made. */
function ownLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).filter(([name]) => !name.startsWith("com.docker.compose.")),
  );
}

function words(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${name}: [${values.map(text).join(", ")}]`];
}

function list(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${name}:`, ...values.map((each) => `  - ${text(each)}`)];
}

function mapping(name: string, values: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(values);
  return entries.length === 0
    ? []
    : [`${name}:`, ...entries.map(([name, each]) => `  ${key(name)}: ${text(each)}`)];
}

/** A text between quotes, whose dollars are no variables. */
function text(content: string): string {
  return JSON.stringify(content.replaceAll("$", "$$$$"));
}

const isPlain = (content: string): boolean => !/^(true|false|yes|no|on|off|null|y|n)$/i.test(content);

function key(content: string): string {
  return /^[A-Za-z][\w.-]*$/.test(content) && isPlain(content) ? content : JSON.stringify(content);
}

function value(content: string): string {
  return /^[A-Za-z][\w./-]*(:[\w.-]+)?$/.test(content) && isPlain(content) ? content : text(content);
}
