import { devicesOf, type ProcessContext } from "@dryharbor/kernel";
import { Died } from "./applet.js";
import { listInterfaces, readFilter } from "./ip-address.js";
import { checkDevice, command, type IpOptions, keyword, refuse, type Words } from "./ip-arguments.js";

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

/** The calls that an interface is missing to. */
const missing: Readonly<Record<Change, string>> = {
  ...{ address: "SIOCGIFINDEX: No such device", name: "SIOCSIFNAME: No such device" },
  ...{ qlen: "SIOCSIFTXQLEN: No such device", mtu: "SIOCSIFMTU: No such device" },
  ...{ master: "can't find device", netns: "can't find device", flags: "SIOCGIFFLAGS: No such device" },
};

function set(process: ProcessContext, words: Words): number {
  let device: string | undefined;
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
      case "master":
      case "address":
        words.value(failed);
        changes.add(setting);
        break;
      case "mtu":
      case "qlen": {
        const value = words.value(failed);
        if (!/^(0x[\da-f]+|\d+)$/i.test(value))
          throw new Died(`invalid argument '${value}' to '${setting}'`, failed);
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
  throw new Died(exists ? calls[first] : missing[first], failed);
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
