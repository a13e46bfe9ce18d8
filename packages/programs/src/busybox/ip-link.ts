import { devicesOf, type ProcessContext } from "@dryharbor/kernel";
import { Died } from "./applet.js";
import { listInterfaces, readFilter } from "./ip-address.js";
import {
  checkDevice,
  checkNumber,
  command,
  type IpOptions,
  keyword,
  refuse,
  type Words,
} from "./ip-arguments.js";

const commands = ["add", "delete", "set", "show", "lst", "list"] as const;

/** The exit code of everything that fails. */
const failed = 2;

/** `ip link`: prints the interfaces. */
export function ipLink(process: ProcessContext, options: IpOptions, words: Words): number {
  const first = words.take();
  const asked = first === undefined ? "show" : command(commands, first, failed);
  switch (asked) {
    case "show":
    case "lst":
    case "list": {
      const ofLinks: IpOptions = { ...options, family: "link" };
      listInterfaces(process, ofLinks, readFilter(words, ofLinks, failed), failed);
      return 0;
    }
    case "set":
      return set(process, words);
    default:
      return addOrDelete(process, words, asked);
  }
}

const settings = [
  ...["up", "down", "name", "mtu", "qlen", "multicast", "arp", "promisc", "address", "netns", "master"],
  ...["nomaster", "type", "dev"],
] as const;

/** What a change asks of the kernel, in the order in which it is asked. */
const order = ["address", "name", "qlen", "mtu", "master", "netns", "flags"] as const;
type Change = (typeof order)[number];

/** The calls that are refused. */
const calls: Readonly<Record<Change, string>> = {
  address: "SIOCSIFHWADDR: Operation not permitted",
  name: "SIOCSIFNAME: Operation not permitted",
  qlen: "SIOCSIFTXQLEN: Operation not permitted",
  mtu: "SIOCSIFMTU: Operation not permitted",
  master: "RTNETLINK answers: Operation not permitted",
  netns: "RTNETLINK answers: Operation not permitted",
  flags: "SIOCSIFFLAGS: Operation not permitted",
};

/** The calls that need the interface. The others need the right to change one first. */
const missing: Readonly<Partial<Record<Change, string>>> = {
  ...{ address: "SIOCGIFINDEX: No such device", flags: "SIOCGIFFLAGS: No such device" },
};

function set(process: ProcessContext, words: Words): number {
  let [device, address]: (string | undefined)[] = [];
  const changes = new Set<Change>();
  for (let word = words.take(); word !== undefined; word = words.take()) {
    const setting = keyword(settings, word);
    switch (setting) {
      case "up":
        // Interfaces are up, so there is nothing to ask for: but that the interface is there.
        break;
      case "down":
        changes.add("flags");
        break;
      case "name":
      case "netns":
        words.value(failed);
        changes.add(setting);
        break;
      case "master":
        checkDevice(devicesOf(process.network.namespace), words.value(failed), failed);
        changes.add(setting);
        break;
      case "address":
        address = words.value(failed);
        changes.add(setting);
        break;
      case "mtu":
      case "qlen": {
        checkNumber(words.value(failed), setting, failed);
        changes.add(setting);
        break;
      }
      case "nomaster":
        changes.add("master");
        break;
      case "multicast":
      case "arp":
      case "promisc": {
        const value = words.value(failed);
        if (value !== "on" && value !== "off") {
          throw new Died(`argument of "${setting}" must be "on" or "off"`, failed);
        }
        if ((value === "on") === (setting === "promisc")) changes.add("flags");
        break;
      }
      case "type":
        words.value(failed);
        break;
      default: {
        const name = setting === "dev" ? words.value(failed) : word;
        if (device !== undefined)
          throw new Died(`either "dev" is duplicate, or "${name}" is garbage`, failed);
        device = name;
      }
    }
  }
  if (device === undefined) throw new Died('"dev" requires an argument', failed);
  const exists = devicesOf(process.network.namespace).some(({ name }) => name === device);
  const first = order.find((change) => changes.has(change)) ?? (exists ? undefined : "flags");
  if (first === undefined) return 0;
  if (exists && address !== undefined && !/^([\da-f]{1,2}:){5}[\da-f]{1,2}$/i.test(address)) {
    throw new Died(`"${address}" is invalid lladdr`);
  }
  throw new Died((exists ? undefined : missing[first]) ?? calls[first], failed);
}

function addOrDelete(process: ProcessContext, words: Words, action: "add" | "delete"): number {
  let device: string | undefined;
  let type: string | undefined;
  for (let word = words.take(); word !== undefined && type === undefined; word = words.take()) {
    switch (keyword(["link", "name", "type", "dev", "address"], word)) {
      case "type":
        type = words.value(failed);
        break;
      case "link":
        checkDevice(devicesOf(process.network.namespace), words.value(failed), failed);
        break;
      case "address":
        words.value(failed);
        break;
      case "name":
      case "dev":
        device = words.value(failed);
        break;
      case undefined:
        device = word;
    }
  }
  if (action === "delete") {
    if (device === undefined) return 1;
    checkDevice(devicesOf(process.network.namespace), device, failed);
  }
  return refuse();
}
