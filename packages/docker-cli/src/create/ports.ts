// The values of `--publish` and `--expose`.
import { formatAddress, parseAddress } from "@dryharbor/kernel";
import { CommandError } from "../command/errors.js";
import { quoted } from "../command/quoted.js";
import { isIn, type Release } from "../releases.js";

/** Published ports, by container port such as `80/tcp`. */
export type Bindings = Record<string, { HostIp: string; HostPort: string }[]>;

/** Reads the values of `--publish`. @throws {CommandError} */
export function readPublished(values: readonly string[], release: Release): Bindings {
  const bindings: Bindings = {};
  for (const value of values) {
    for (const [port, binding] of publishedBy(inShortForm(value), release)) {
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

/** Since 29, refusals of ports begin with a small letter. */
function refused(why: string, release: Release): CommandError {
  return new CommandError(isNew(release) ? why[0]!.toLowerCase() + why.slice(1) : why);
}

const isNew = (release: Release): boolean => isIn(release, { since: "29" });
const wrongAddress = (release: Release): string => `Invalid ${isNew(release) ? "IP" : "ip"} address`;

/** The address of the host without its brackets, as Go's net.SplitHostPort takes `address:` apart. */
function hostOf(address: string, release: Release): string {
  const wrong = (why: string) =>
    refused(`${wrongAddress(release)} ${address}: address ${address}:: ${why} in address`, release);
  if (!address.startsWith("[")) {
    // Since 29 only what has brackets is taken apart.
    if (address.includes(":") && !isNew(release)) throw wrong("too many colons");
    return address;
  }
  const end = address.indexOf("]");
  if (end < 0) throw wrong("missing ']'");
  if (address[end + 1] === ":") throw wrong("too many colons");
  if (end + 1 < address.length) throw wrong("missing port");
  return address.slice(1, end);
}

function publishedBy(
  value: string,
  release: Release,
): [port: string, binding: { HostIp: string; HostPort: string }][] {
  const parts = value.split(":");
  const last = parts.pop() as string;
  const hostPort = parts.pop() ?? "";
  let address = parts.join(":");
  const [containerPort = "", ...rest] = last.split("/");
  const protocol = (containerPort === "" ? "" : rest.join("/") || "tcp").toLowerCase();
  const checkGiven = () => {
    if (containerPort === "") throw refused(`No port specified: ${value}<empty>`, release);
  };
  const checkProtocol = () => {
    if (!["tcp", "udp", "sctp"].includes(protocol)) throw refused(`Invalid proto: ${protocol}`, release);
  };
  if (isNew(release)) {
    checkGiven();
    checkProtocol();
  }
  if (address !== "") address = hostOf(address, release);
  const host = parseAddress(address);
  if (address !== "" && !host) throw refused(`${wrongAddress(release)}: ${address}`, release);
  checkGiven();
  const inner = readRange(containerPort, release);
  if (!inner) throw refused(`Invalid containerPort: ${containerPort}`, release);
  const outer = hostPort === "" ? undefined : readRange(hostPort, release);
  if (hostPort !== "" && !outer) throw refused(`Invalid hostPort: ${hostPort}`, release);
  const count = inner.end - inner.start + 1;
  if (outer && outer.end - outer.start + 1 !== count && count !== 1) {
    throw refused(
      `Invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`,
      release,
    );
  }
  checkProtocol();
  const HostIp = host && isNew(release) ? formatAddress(host) : address;
  return Array.from({ length: count }, (_, at) => {
    const isFree = outer && count === 1 && outer.start !== outer.end;
    const HostPort = outer ? `${outer.start + at}${isFree ? `-${outer.end}` : ""}` : "";
    return [`${inner.start + at}/${protocol}`, { HostIp, HostPort }];
  });
}

/** Reads the values of `--expose`. @throws {CommandError} */
export function readExposed(values: readonly string[], release: Release): string[] {
  return values.flatMap((value) => {
    if (value.includes(":") && !isNew(release))
      throw new CommandError(`invalid port format for --expose: ${value}`);
    const [ports = "", protocol = "tcp"] = isNew(release) ? exposedParts(value) : value.split("/", 2);
    const range = readRange(ports, release);
    if (!range) {
      const shown = isNew(release) ? "" : `${value}, error: `;
      throw new CommandError(
        `invalid range format for --expose: ${shown}${isNew(release) ? wrongRange(value, ports) : whyNoRange(ports)}`,
      );
    }
    return Array.from({ length: range.end - range.start + 1 }, (_, at) => `${range.start + at}/${protocol}`);
  });
}

/** Ports and protocol, as 29 parts them: the protocol is `tcp` where it is empty, and in small letters. */
function exposedParts(value: string): [ports: string, protocol: string] {
  const slash = value.indexOf("/");
  if (slash < 0) return [value, "tcp"];
  return [value.slice(0, slash), value.slice(slash + 1).toLowerCase() || "tcp"];
}

function readRange(
  text: string,
  release: Release,
): { readonly start: number; readonly end: number } | undefined {
  const [first = "", second = first] = isNew(release) ? endsOf(text) : text.split("-");
  if (!isPort(first) || !isPort(second) || Number(second) < Number(first)) return undefined;
  return { start: Number(first), end: Number(second) };
}

/** What stands before and behind the first hyphen. */
function endsOf(text: string): string[] {
  const at = text.indexOf("-");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 65_535;
}

/** Says what is wrong with a range, in Go's words. */
function whyNoRange(text: string): string {
  if (text === "") return "Empty string specified for ports.";
  const wrong = text
    .split("-")
    .slice(0, 2)
    .find((each) => !isPort(each));
  if (wrong === undefined) return `Invalid range specified for the Port: ${text}`;
  return `strconv.ParseUint: parsing ${quoted(wrong)}: ${whyNoPort(wrong)}`;
}

/** Says what is wrong with the range of ports of a value, in the words of 29. */
function wrongRange(value: string, ports: string): string {
  if (value === "") return "invalid port range: value is empty";
  const ends = endsOf(ports);
  const at = ends.findIndex((each) => !isPort(each));
  const wrong = ends[at];
  if (wrong === undefined) return `invalid port range: ${value}`;
  return `invalid ${at === 0 ? "start" : "end"} ${portProblem(wrong)}`;
}

/** Says what is wrong with a port that is none, in the words of 29. */
export function portProblem(text: string): string {
  return `port '${text}': ${text === "" ? "value is empty" : whyNoPort(text)}`;
}

function whyNoPort(text: string): string {
  return /^\d+$/.test(text) ? "value out of range" : "invalid syntax";
}
