// The values of `--publish` and `--expose`.
import { parseAddress } from "@dryharbor/kernel";
import { CommandError } from "../command/errors.js";
import { quoted } from "../command/quoted.js";

/** Published ports, by container port such as `80/tcp`. */
export type Bindings = Record<string, { HostIp: string; HostPort: string }[]>;

/** Reads the values of `--publish`. @throws {CommandError} */
export function readPublished(values: readonly string[]): Bindings {
  const bindings: Bindings = {};
  for (const value of values) {
    for (const [port, binding] of publishedBy(inShortForm(value))) {
      bindings[port] = [...(bindings[port] ?? []), binding];
    }
  }
  return bindings;
}

/** Writes `published=80,target=80` as `80:80/tcp`. */
function inShortForm(value: string): string {
  if (!value.includes("=")) return value;
  const given: Record<string, string> = { protocol: "tcp" };
  for (const part of value.split(",")) {
    const at = part.indexOf("=");
    if (at <= 0) {
      throw new CommandError(`invalid publish opts format (should be name=value but got '${part}')`);
    }
    given[part.slice(0, at)] = part.slice(at + 1);
  }
  return `${given.published ?? ""}:${given.target ?? ""}/${given.protocol}`;
}

/** The address without its brackets, as Go's net.SplitHostPort takes `address:` apart. */
function hostOf(address: string): string {
  const refused = (why: string) =>
    new CommandError(`Invalid ip address ${address}: address ${address}:: ${why} in address`);
  if (!address.startsWith("[")) {
    if (address.includes(":")) throw refused("too many colons");
    return address;
  }
  const end = address.indexOf("]");
  if (end < 0) throw refused("missing ']'");
  if (address[end + 1] === ":") throw refused("too many colons");
  if (end + 1 < address.length) throw refused("missing port");
  return address.slice(1, end);
}

function publishedBy(value: string): [port: string, binding: { HostIp: string; HostPort: string }][] {
  const parts = value.split(":");
  const last = parts.pop() as string;
  const hostPort = parts.pop() ?? "";
  let address = parts.join(":");
  const [containerPort = "", ...rest] = last.split("/");
  const protocol = (containerPort === "" ? "" : rest.join("/") || "tcp").toLowerCase();
  if (!["tcp", "udp", "sctp"].includes(protocol)) {
    if (containerPort === "" && rest.length === 0)
      throw new CommandError(`No port specified: ${value}<empty>`);
    throw new CommandError(`Invalid proto: ${protocol}`);
  }
  if (address !== "") address = hostOf(address);
  if (address !== "" && !parseAddress(address)) throw new CommandError(`Invalid ip address: ${address}`);
  const inner = readRange(containerPort);
  if (!inner) throw new CommandError(`Invalid containerPort: ${containerPort}`);
  const outer = hostPort === "" ? undefined : readRange(hostPort);
  if (hostPort !== "" && !outer) throw new CommandError(`Invalid hostPort: ${hostPort}`);
  const count = inner.end - inner.start + 1;
  if (outer && outer.end - outer.start + 1 !== count && count !== 1) {
    throw new CommandError(
      `Invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`,
    );
  }
  return Array.from({ length: count }, (_, at) => {
    const isFree = outer && count === 1 && outer.start !== outer.end;
    const HostPort = outer ? `${outer.start + at}${isFree ? `-${outer.end}` : ""}` : "";
    return [`${inner.start + at}/${protocol}`, { HostIp: address, HostPort }];
  });
}

/** Reads the values of `--expose`. @throws {CommandError} */
export function readExposed(values: readonly string[]): string[] {
  return values.flatMap((value) => {
    if (value.includes(":")) throw new CommandError(`invalid port format for --expose: ${value}`);
    const [ports = "", protocol = "tcp"] = value.split("/", 2);
    const range = readRange(ports);
    if (!range) {
      throw new CommandError(`invalid range format for --expose: ${value}, error: ${whyNoRange(ports)}`);
    }
    return Array.from({ length: range.end - range.start + 1 }, (_, at) => `${range.start + at}/${protocol}`);
  });
}

function readRange(text: string): { readonly start: number; readonly end: number } | undefined {
  const [first = "", second = first] = text.split("-");
  if (!isPort(first) || !isPort(second) || Number(second) < Number(first)) return undefined;
  return { start: Number(first), end: Number(second) };
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 65_535;
}

/** Says what is wrong with a range, in Go's words. */
function whyNoRange(text: string): string {
  if (text === "") return "empty string specified for ports";
  const wrong = text
    .split("-")
    .slice(0, 2)
    .find((each) => !isPort(each));
  if (wrong === undefined) return `invalid range specified for port: ${text}`;
  return `strconv.ParseUint: parsing ${quoted(wrong)}: ${/^\d+$/.test(wrong) ? "value out of range" : "invalid syntax"}`;
}
