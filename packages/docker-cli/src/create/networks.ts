// The networks of a new container: the values of `--network`, with the flags that concern the first of them.
import { addressProblem, formatAddress, parseAddress } from "@dryharbor/kernel";
import type { EndpointConfig } from "@dryharbor/sdk/port";
import { readsAddresses } from "../command/addresses.js";
import { CommandError, FlagValueError } from "../command/errors.js";
import { readCsv } from "../command/flags.js";
import { quoted } from "../command/quoted.js";
import { isIn, type Lifetime, type Release } from "../releases.js";
import { isMacAddress, macText } from "./checks.js";

/** A network that a container shall be on. */
export interface Attachment {
  readonly target: string;
  readonly aliases: readonly string[];
  readonly links: readonly string[];
  readonly ip: string;
  readonly ip6: string;
  readonly mac: string;
  readonly linkLocal: readonly string[];
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly priority: number;
}

const empty: Omit<Attachment, "target"> = {
  aliases: [],
  links: [],
  ip: "",
  ip6: "",
  mac: "",
  linkLocal: [],
  driverOptions: {},
  priority: 0,
};

/** The fields of `--network`: which releases have one, and what it says of the attachment. */
const fields: Readonly<
  Record<string, Lifetime & { put(to: Attachment, value: string, release: Release): Partial<Attachment> }>
> = {
  name: { put: (_, target) => ({ target }) },
  alias: { put: ({ aliases }, alias) => ({ aliases: [...aliases, alias] }) },
  ip: { put: (_, ip, release) => ({ ip: addressOf(ip, release) }) },
  ip6: { put: (_, ip6, release) => ({ ip6: addressOf(ip6, release) }) },
  "driver-opt": {
    put: ({ driverOptions }, pair) => ({ driverOptions: { ...driverOptions, ...optionOf(pair) } }),
  },
  "mac-address": { since: "26.1", put: (_, mac) => ({ mac }) },
  "link-local-ip": {
    since: "26.1",
    put: ({ linkLocal }, ip, release) => ({ linkLocal: [...linkLocal, addressOf(ip, release)] }),
  },
  "gw-priority": { since: "28.5", put: (_, value) => ({ priority: priorityOf(value) }) },
};

/** Reads one value of `--network`: a name, or `name=…,alias=…`. @throws {FlagValueError} */
export function readAttachment(value: string, release: Release): Attachment {
  if (!/\w=\w/.test(value)) return { ...empty, target: value };
  let attachment: Attachment = { ...empty, target: "" };
  for (const field of readCsv(value)) {
    const [key, text] = halves(field.toLowerCase());
    if (key === undefined) throw new FlagValueError(`invalid field ${field}`);
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (!known || !isIn(release, known)) throw new FlagValueError(`invalid field key ${key}`);
    attachment = { ...attachment, ...known.put(attachment, text, release) };
  }
  if (attachment.target === "") throw new FlagValueError("network name/id is not specified");
  return attachment;
}

/** What stands before and behind a `=`, which is not the first character; without such a one nothing before. */
function halves(pair: string): [key: string | undefined, value: string] {
  const at = pair.indexOf("=");
  return at <= 0 ? [undefined, pair] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

function optionOf(pair: string): Record<string, string> {
  const [key, value] = halves(pair);
  if (key === undefined) throw new FlagValueError("invalid key value pair format in driver options");
  return { [key]: value };
}

/** An address of a network, which only 29 reads itself. @throws {FlagValueError} */
function addressOf(text: string, release: Release): string {
  if (!readsAddresses(release)) return text;
  const problem = addressProblem(text, quoted);
  if (problem !== undefined) throw new FlagValueError(problem);
  return shortest(text);
}

/** An address as Go writes it. One with a zone stays as it is. */
function shortest(text: string): string {
  const address = parseAddress(text);
  return address ? formatAddress(address) : text;
}

function priorityOf(value: string): number {
  if (/^[+-]?\d+$/.test(value)) return Number(value);
  throw new FlagValueError(`invalid gw-priority (${value}): invalid syntax`);
}

/** The flags that concern the first network. */
export interface FirstNetworkFlags {
  readonly "network-alias": readonly string[];
  readonly link: readonly string[];
  readonly ip: string;
  readonly ip6: string;
  readonly "mac-address": string;
  readonly "link-local-ip": readonly string[];
}

/** Makes the endpoints' configurations of a new container, by network. @throws {CommandError} */
export function endpointsOf(
  networks: readonly Attachment[],
  flags: FirstNetworkFlags,
  release: Release,
): Record<string, EndpointConfig> {
  const isOld = release.name === "20.10";
  // From 26.1 on the endpoint of the default network is always named.
  const first = networks[0] ?? (isOld ? undefined : { ...empty, target: "default" });
  if (!first) return {};
  const endpoints: Record<string, EndpointConfig> = {};
  const all = networks.length > 0 ? networks : [first];
  for (const [at, given] of all.entries()) {
    const attachment = at === 0 ? withFlags(given, flags, release) : given;
    const endpoint = endpointOf(attachment, release);
    if (Object.hasOwn(endpoints, given.target)) {
      throw new CommandError(`network "${given.target}" is specified multiple times`);
    }
    if (at === 0 && networks.length === 1 && isEmpty(attachment)) continue;
    endpoints[given.target] = endpoint;
  }
  const kinds = new Set(networks.map(({ target }) => isUserDefined(target)));
  if (kinds.size > 1) {
    throw new CommandError(
      "conflicting options: cannot attach both user-defined and non-user-defined network-modes",
    );
  }
  return endpoints;
}

/** Whether a network mode names a network that somebody has made. */
function isUserDefined(mode: string): boolean {
  return (
    !["default", "bridge", "host", "none"].includes(mode) && !/^container(:|$)/.test(mode) && mode !== ""
  );
}

/** For each such flag the part of an attachment that it gives, and what docker calls that where both are given. */
const partOf = {
  "network-alias": ["aliases", "alias"],
  link: ["links", "links"],
  ip: ["ip", "IPv4 address"],
  ip6: ["ip6", "IPv6 address"],
  "mac-address": ["mac", "MAC address"],
  "link-local-ip": ["linkLocal", "link-local IP addresses"],
} as const;

/** What 29 makes of addresses, which may be of the other kind than the flag is for. */
const counted: { readonly [Flag in keyof typeof partOf]?: (value: FirstNetworkFlags[Flag]) => unknown } = {
  ip: (address) => (address.includes(":") ? "" : address),
  ip6: (address) => (address.includes(":") ? address : `::ffff:${address}`),
  "link-local-ip": (given) =>
    given.filter((text) => addressProblem(text, quoted) === undefined).map(shortest),
};

function withFlags(given: Attachment, flags: FirstNetworkFlags, release: Release): Attachment {
  // A flag that does not count for a network still must not repeat what the network has.
  const uncounted = {
    "mac-address": release.name === "20.10",
    link:
      release.name === "26.1"
        ? given.target === "default"
        : isIn(release, { since: "28.5" }) && !isUserDefined(given.target),
  };
  const flagNames = Object.keys(partOf) as (keyof typeof partOf)[];
  const parts = flagNames.map((flag) => {
    const [part, called] = partOf[flag];
    const value = flags[flag];
    if (value.length === 0) return {};
    if (given[part].length > 0) {
      throw new CommandError(`conflicting options: cannot specify both --${flag} and per-network ${called}`);
    }
    if ((uncounted as Partial<Record<string, boolean>>)[flag]) return {};
    return { [part]: readsAddresses(release) ? (counted[flag]?.(value as never) ?? value) : value };
  });
  return Object.assign({}, given, ...parts) as Attachment;
}

function endpointOf(attachment: Attachment, release: Release): EndpointConfig {
  const { target, aliases, links, ip, ip6, mac, linkLocal, driverOptions, priority } = attachment;
  const isOld = release.name === "20.10";
  if (target.trim() === "") throw new CommandError("no name set for network");
  if (!isUserDefined(target)) {
    if (aliases.length > 0) {
      throw new CommandError("network-scoped aliases are only supported for user-defined networks");
    }
    if (links.length > 0) throw new CommandError("links are only supported for user-defined networks");
  }
  if (mac !== "" && !isMacAddress(mac)) throw new CommandError(`${mac} is not a valid mac address`);
  const hasAddress = ip !== "" || ip6 !== "" || linkLocal.length > 0;
  const endpoint: EndpointConfig & { GwPriority?: number } = {
    IPAMConfig: hasAddress
      ? {
          ...(ip !== "" && { IPv4Address: ip }),
          ...(ip6 !== "" && { IPv6Address: ip6 }),
          ...(linkLocal.length > 0 && { LinkLocalIPs: [...linkLocal] }),
        }
      : null,
    Links: links.length > 0 ? [...links] : null,
    Aliases: aliases.length > 0 ? [...aliases] : null,
    ...(!isOld && mac !== "" && { MacAddress: readsAddresses(release) ? macText(mac) : mac }),
    DriverOpts: Object.keys(driverOptions).length > 0 ? { ...driverOptions } : null,
    ...(priority !== 0 && { GwPriority: priority }),
  };
  return endpoint;
}

function isEmpty({ aliases, links, ip, ip6, mac, linkLocal, driverOptions, priority }: Attachment): boolean {
  return (
    [...aliases, ...links, ...linkLocal, ip, ip6, mac].every((each) => each === "") &&
    Object.keys(driverOptions).length === 0 &&
    priority === 0
  );
}
