// The networks of a new container: the values of `--network`, with the flags that concern the first of them.
import type { EndpointConfig } from "@dryharbor/sdk/port";
import { CommandError, FlagValueError } from "../command/errors.js";
import { readCsv } from "../command/flags.js";
import { isIn, type Lifetime, type Release } from "../releases.js";
import { isMacAddress } from "./checks.js";

/** A network that a container shall be on. */
export interface Attachment {
  target: string;
  aliases: readonly string[];
  links: readonly string[];
  ip: string;
  ip6: string;
  mac: string;
  linkLocal: readonly string[];
  driverOptions: Readonly<Record<string, string>>;
  priority: number;
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

/** The fields of `--network` that not all releases have. */
const newerFields: Readonly<Record<string, Lifetime>> = {
  "mac-address": { since: "26.1" },
  "link-local-ip": { since: "26.1" },
  "gw-priority": { since: "28.5" },
};

/** Reads one value of `--network`: a name, or `name=…,alias=…`. @throws {FlagValueError} */
export function readAttachment(value: string, release: Release): Attachment {
  if (!/\w+=\w+(,\w+=\w+)*/.test(value)) return { ...empty, target: value };
  const attachment: Attachment = { ...empty, target: "" };
  for (const field of readCsv(value)) {
    const lower = field.toLowerCase();
    const at = lower.indexOf("=");
    if (at <= 0) throw new FlagValueError(`invalid field ${field}`);
    const key = lower.slice(0, at).trim();
    const text = lower.slice(at + 1).trim();
    if (!isIn(release, newerFields[key] ?? {})) throw new FlagValueError(`invalid field key ${key}`);
    switch (key) {
      case "name":
        attachment.target = text;
        break;
      case "alias":
        attachment.aliases = [...attachment.aliases, text];
        break;
      case "ip":
        attachment.ip = text;
        break;
      case "ip6":
        attachment.ip6 = text;
        break;
      case "mac-address":
        attachment.mac = text;
        break;
      case "link-local-ip":
        attachment.linkLocal = [...attachment.linkLocal, text];
        break;
      case "driver-opt": {
        const equals = text.indexOf("=");
        if (equals <= 0) throw new FlagValueError("invalid key value pair format in driver options");
        attachment.driverOptions = {
          ...attachment.driverOptions,
          [text.slice(0, equals).trim()]: text.slice(equals + 1).trim(),
        };
        break;
      }
      case "gw-priority":
        if (!/^[+-]?\d+$/.test(text)) {
          throw new FlagValueError(`invalid gw-priority (${text}): invalid syntax`);
        }
        attachment.priority = Number(text);
        break;
      default:
        throw new FlagValueError(`invalid field key ${key}`);
    }
  }
  if (attachment.target === "") throw new FlagValueError("network name/id is not specified");
  return attachment;
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
    const endpoint = endpointOf(attachment, isOld);
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

function withFlags(given: Attachment, flags: FirstNetworkFlags, release: Release): Attachment {
  const isOld = release.name === "20.10";
  const conflict = (flag: string, what: string): CommandError =>
    new CommandError(`conflicting options: cannot specify both --${flag} and per-network ${what}`);
  if (given.aliases.length > 0 && flags["network-alias"].length > 0) throw conflict("network-alias", "alias");
  if (given.links.length > 0 && flags.link.length > 0) throw conflict("link", "links");
  if (given.ip !== "" && flags.ip !== "") throw conflict("ip", "IPv4 address");
  if (given.ip6 !== "" && flags.ip6 !== "") throw conflict("ip6", "IPv6 address");
  if (!isOld && given.mac !== "" && flags["mac-address"] !== "") throw conflict("mac-address", "MAC address");
  if (!isOld && given.linkLocal.length > 0 && flags["link-local-ip"].length > 0) {
    throw conflict("link-local-ip", "link-local IP addresses");
  }
  const takesLinks = isOld
    ? true
    : release.name === "26.1"
      ? given.target !== "default"
      : isUserDefined(given.target);
  return {
    ...given,
    aliases: flags["network-alias"].length > 0 ? flags["network-alias"] : given.aliases,
    links: takesLinks && flags.link.length > 0 ? flags.link : given.links,
    ip: flags.ip || given.ip,
    ip6: flags.ip6 || given.ip6,
    mac: (isOld ? "" : flags["mac-address"]) || given.mac,
    linkLocal: flags["link-local-ip"].length > 0 ? flags["link-local-ip"] : given.linkLocal,
  };
}

function endpointOf(attachment: Attachment, isOld: boolean): EndpointConfig {
  const { target, aliases, links, ip, ip6, mac, linkLocal, driverOptions, priority } = attachment;
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
    ...(!isOld && mac !== "" && { MacAddress: mac }),
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
