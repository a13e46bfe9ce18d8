import {
  type Device,
  type DeviceAddress,
  devicesOf,
  formatAddress,
  lastValue,
  type ProcessContext,
  subnetOf,
} from "@dryharbor/kernel";
import { matches } from "../shell/pattern.js";
import { Died } from "./applet.js";
import {
  checkDevice,
  command,
  type IpOptions,
  readSelection,
  refuse,
  type Selection,
  selects,
  type Words,
} from "./ip-arguments.js";

const commands = ["add", "change", "chg", "replace", "delete", "list", "show", "lst", "flush"] as const;

/** `ip address`: prints the addresses of interfaces. */
export function ipAddress(process: ProcessContext, options: IpOptions, words: Words): number {
  const first = words.take();
  const asked = first === undefined ? "show" : command(commands, first);
  switch (asked) {
    case "list":
    case "show":
    case "lst":
      listInterfaces(process, options, readFilter(words, options));
      return 0;
    case "flush":
      flush(process, options, words);
      return 0;
    default:
      return modify(process, options, words);
  }
}

/** Which interfaces and addresses are shown. */
export interface InterfaceFilter {
  readonly device: string | undefined;
  readonly to: Selection | undefined;
  readonly scope: DeviceAddress["scope"] | "none" | undefined;
  readonly label: string | undefined;
}

/** Reads which interfaces and addresses are asked for. @throws {Died} */
export function readFilter(words: Words, { family }: IpOptions, code = 1): InterfaceFilter {
  let [device, label]: (string | undefined)[] = [];
  let to: Selection | undefined;
  let scope: InterfaceFilter["scope"];
  for (let word = words.take(); word !== undefined; word = words.take()) {
    switch (word) {
      case "to":
        to = readSelection(words.value(code), family, code);
        break;
      case "scope":
        scope = readScope(words.value(code), code);
        break;
      case "up":
        // All interfaces are.
        break;
      case "label":
        label = words.value(code);
        break;
      default: {
        const name = word === "dev" ? words.value(code) : word;
        if (device !== undefined) {
          throw new Died(`either "dev" is duplicate, or "${name}" is garbage`, code);
        }
        device = name;
      }
    }
  }
  return { device, to, scope, label };
}

const scopes: Readonly<Record<string, InterfaceFilter["scope"]>> = {
  ...{ global: "global", host: "host", link: "link", all: undefined, nowhere: "none", site: "none" },
  ...{ 0: "global", 253: "link", 254: "host", 255: "none", 200: "none" },
};

export function readScope(text: string, code = 1): InterfaceFilter["scope"] {
  if (Object.hasOwn(scopes, text)) return scopes[text];
  if (/^\d+$/.test(text) && Number(text) <= 255) return "none";
  throw new Died(`invalid argument '${text}' to 'scope'`, code);
}

/** Prints interfaces, with their addresses unless the family is `link`. @throws {Died} no such interface */
export function listInterfaces(
  process: ProcessContext,
  { family: asked, lineEnd }: IpOptions,
  { device, to, scope, label }: InterfaceFilter,
  code = 1,
): void {
  const all = devicesOf(process.network.namespace);
  if (device !== undefined) checkDevice(all, device, code);
  const family = asked ?? to?.family;
  const isShown = (each: DeviceAddress): boolean =>
    (family === undefined || each.address.family === family) &&
    (scope === undefined || each.scope === scope) &&
    (to === undefined || selects(to, each.address));
  const hasLabel = ({ name }: Device) => label === undefined || matches(label, name);
  const ofFamily = family === 4 || family === 6;
  for (const each of all) {
    if (device !== undefined && each.name !== device) continue;
    const addresses = family === "link" ? [] : each.addresses.filter((own) => isShown(own) && hasLabel(each));
    if (ofFamily ? addresses.length === 0 : !hasLabel(each)) continue;
    if (lineEnd === "\n" || family === "link") process.stdout(linkText(each, family, asked, lineEnd));
    for (const own of addresses) process.stdout(addressText(each, own, lineEnd));
  }
}

function linkText(
  device: Device,
  family: IpOptions["family"],
  asked: IpOptions["family"],
  lineEnd: string,
): string {
  const { index, name, peer, mac, mtu, isLoopback } = device;
  const flags = isLoopback
    ? "LOOPBACK,UP,LOWER_UP"
    : `BROADCAST,MULTICAST,UP,LOWER_UP${peer === undefined ? "" : ",M-DOWN"}`;
  // BusyBox learns of the queue only where it does not ask for IPv6.
  const queue = asked === 6 ? "" : "qdisc noqueue ";
  const head = `${index}: ${name}${peer === undefined ? "" : `@if${peer}`}: <${flags}> mtu ${mtu} ${queue}${isLoopback ? "qlen 1000" : ""}`;
  if (family === 4 || family === 6) return `${head}\n`;
  const link = isLoopback ? `loopback ${mac} brd ${mac}` : `ether ${mac} brd ff:ff:ff:ff:ff:ff`;
  return `${head}${lineEnd}    link/${link}\n`;
}

function addressText({ index, name, isLoopback }: Device, own: DeviceAddress, lineEnd: string): string {
  const { address, bits, scope } = own;
  const head = lineEnd === "\n" ? "" : `${index}: ${name}`;
  const broadcast = { family: 4, value: lastValue(subnetOf(own)) } as const;
  const ofIPv4 = isLoopback || bits > 30 ? "" : `brd ${formatAddress(broadcast)} `;
  // Docker's addresses come without a check for duplicates, which is the flag 02.
  const ofIPv6 = scope === "global" ? "flags 02 " : "";
  const text =
    address.family === 4
      ? `inet ${formatAddress(address)}/${bits} ${ofIPv4}scope ${scope} ${name}`
      : `inet6 ${formatAddress(address)}/${bits} scope ${scope} ${ofIPv6}`;
  return `${head}    ${text}${lineEnd}       valid_lft forever preferred_lft forever\n`;
}

function flush(process: ProcessContext, options: IpOptions, words: Words): void {
  if (words.isEmpty) throw new Died("flush requires an argument");
  if (options.family === "link") throw new Died("can't flush link addresses");
  const { device } = readFilter(words, options);
  if (device !== undefined) checkDevice(devicesOf(process.network.namespace), device);
  throw new Died("can't send flush request: Operation not permitted");
}

const withValue = ["peer", "remote", "broadcast", "brd", "anycast", "valid_lft", "preferred_lft", "scope"];

function modify(process: ProcessContext, { family }: IpOptions, words: Words): number {
  let [device, label]: (string | undefined)[] = [];
  let isGiven = false;
  for (let word = words.take(); word !== undefined; word = words.take()) {
    if (word === "dev") device = words.value();
    else if (word === "label") label = words.value();
    else if (withValue.includes(word)) words.value();
    else if (word !== "noprefixroute") {
      const address = word === "local" ? words.value() : word;
      if (isGiven) throw new Died(`either "local" is duplicate, or "${address}" is garbage`);
      isGiven = true;
      readSelection(address, family);
    }
  }
  if (device === undefined) throw new Died('need "dev IFACE"');
  if (label !== undefined && !label.startsWith(device)) {
    throw new Died(`"dev" (${device}) must match "label" (${label})`);
  }
  checkDevice(devicesOf(process.network.namespace), device);
  return refuse();
}
