// What single values of `docker run` must look like. Each check returns what is kept of a value, or refuses it in
// docker's words.
import { formatAddress, parseAddress, parseIP } from "@dryharbor/kernel";
import { FlagValueError } from "../command/errors.js";
import { readUint } from "../command/flags.js";
import { quoted } from "../command/quoted.js";
import { readBytes } from "../command/size-flags.js";
import type { Release } from "../releases.js";

export function checkedStream(value: string): string {
  const stream = value.toLowerCase();
  if (["stdin", "stdout", "stderr"].includes(stream)) return stream;
  throw new FlagValueError("valid streams are STDIN, STDOUT and STDERR");
}

export function checkedVariable(value: string): string {
  if (value === "" || value.startsWith("=")) {
    throw new FlagValueError(`invalid environment variable: ${value}`);
  }
  return value;
}

/** An address, in its shortest form. */
export function checkedAddress(value: string, { name }: Release): string {
  const address = parseIP(value.trim());
  if (address) return formatAddress(address);
  throw new FlagValueError(
    name === "20.10" ? `${value} is not an ip address` : `IP address is not correctly formatted: ${value}`,
  );
}

export function checkedSearchDomain(value: string): string {
  const trimmed = value.trim();
  if (trimmed === ".") return trimmed;
  const domain =
    /^(:?(?:[a-zA-Z0-9_]|[a-zA-Z0-9_][a-zA-Z0-9_-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*)\.?\s*$/;
  const found = /[a-zA-Z]/.test(trimmed) ? domain.exec(trimmed)?.[1] : undefined;
  if (found === undefined || found.length >= 255) {
    throw new FlagValueError(`${trimmed} is not a valid domain`);
  }
  return found;
}

/** A name and an address for /etc/hosts, parted by a colon. */
export function checkedExtraHost(value: string, { name: release }: Release): string {
  const at = release !== "20.10" && value.includes("=") ? value.indexOf("=") : value.indexOf(":");
  const name = value.slice(0, Math.max(at, 0));
  if (at < 0 || name === "" || name.includes(":")) {
    throw new FlagValueError(`bad format for add-host: ${quoted(value)}`);
  }
  const written = value.slice(at + 1);
  const address = /^\[.+\]$/.test(written) ? written.slice(1, -1) : written;
  if (address !== "host-gateway" && !parseAddress(address.trim())) {
    throw new FlagValueError(`invalid IP address in add-host: ${quoted(address)}`);
  }
  return `${name}:${address}`;
}

const kernelSettings = [
  ...["kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax"],
  ...["kernel.shmmni", "kernel.shm_rmid_forced"],
];

export function checkedSysctl(value: string, { name: release }: Release): string {
  const [name = ""] = value.split("=", 1);
  const isKnown = kernelSettings.includes(name) || /^(net\.|fs\.mqueue\.)/.test(name);
  if (!value.includes("=") || !isKnown) {
    throw new FlagValueError(`sysctl '${value}' is not ${release === "20.10" ? "whitelisted" : "allowed"}`);
  }
  return value;
}

export function checkedDeviceRule(value: string): string {
  if (/^[acb] (\d+|\*):(\d+|\*) [rwm]{1,3}$/.test(value)) return value;
  throw new FlagValueError(`invalid device cgroup format '${value}'`);
}

/** The limit of one device. */
export interface DeviceRate {
  readonly Path: string;
  readonly Rate: number;
}

const rateForm = "The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer.";

export function readByteRate(value: string): DeviceRate {
  const [path, rate] = devicePath(value);
  try {
    return { Path: path, Rate: readBytes(rate) };
  } catch {
    throw new FlagValueError(
      `invalid rate for device: ${value}. ${rateForm} Unit is optional and can be kb, mb, or gb`,
    );
  }
}

export function readOperationRate(value: string): DeviceRate {
  const [path, rate] = devicePath(value);
  if (!/^\d+$/.test(rate)) {
    throw new FlagValueError(
      `invalid rate for device: ${value}. The correct format is <device-path>:<number>. Number must be a positive integer`,
    );
  }
  return { Path: path, Rate: Number(rate) };
}

export function readDeviceWeight(value: string): { readonly Path: string; readonly Weight: number } {
  const [path, weight] = devicePath(value);
  const number = /^\d+$/.test(weight) ? readUint(weight) : -1;
  if (number < 0 || (number > 0 && (number < 10 || number > 1000))) {
    throw new FlagValueError(`invalid weight for device: ${value}`);
  }
  return { Path: path, Weight: number };
}

function devicePath(value: string): [path: string, rest: string] {
  const at = value.indexOf(":");
  if (at <= 0) throw new FlagValueError(`bad format: ${value}`);
  const path = value.slice(0, at);
  if (!path.startsWith("/dev/")) throw new FlagValueError(`bad format for device path: ${value}`);
  return [path, value.slice(at + 1)];
}

/** A limit of a process's resources. */
export interface Ulimit {
  readonly Name: string;
  readonly Hard: number;
  readonly Soft: number;
}

const ulimitNames = [
  ...["core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss"],
  ...["rtprio", "rttime", "sigpending", "stack"],
];

export function readUlimit(value: string): Ulimit {
  const at = value.indexOf("=");
  if (at < 0) throw new FlagValueError(`invalid ulimit argument: ${value}`);
  const name = value.slice(0, at);
  if (!ulimitNames.includes(name)) throw new FlagValueError(`invalid ulimit type: ${name}`);
  const limits = value.slice(at + 1).split(":");
  if (limits.length > 2) {
    throw new FlagValueError(
      `too many limit value arguments - ${value.slice(at + 1)}, can only have up to two, \`soft[:hard]\``,
    );
  }
  const [hard = 0, soft = hard] = limits.reverse().map((text) => {
    if (/^[+-]?\d+$/.test(text)) return Number(text);
    throw new FlagValueError(`strconv.ParseInt: parsing ${quoted(text)}: invalid syntax`);
  });
  if (hard !== -1 && soft === -1) {
    throw new FlagValueError(
      `ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ${hard}`,
    );
  }
  if (hard !== -1 && soft > hard) {
    throw new FlagValueError(`ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`);
  }
  return { Name: name, Hard: hard, Soft: soft };
}

/** Whether a text is an address of a network card, as Go reads it. */
export function isMacAddress(text: string): boolean {
  return /^[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}(?:[\da-f]{2}|[\da-f]{2}\1[\da-f]{2}\1[\da-f]{2})$/i.test(
    text.trim(),
  );
}

/** An address of a network card as Go writes it: small letters between colons. */
export function macText(address: string): string {
  return address.trim().toLowerCase().replaceAll("-", ":");
}
