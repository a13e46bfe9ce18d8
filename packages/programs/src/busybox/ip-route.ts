import {
  type Address,
  contains,
  devicesOf,
  formatAddress,
  type Prefix,
  type ProcessContext,
  routeTo,
  routingTable,
  type TableRoute,
} from "@dryharbor/kernel";
import { Died } from "./applet.js";
import {
  checkDevice,
  command,
  destinationText,
  type IpOptions,
  keyword,
  readSelection,
  refuse,
  type Selection,
  selects,
  type Words,
} from "./ip-arguments.js";

const commands = [
  ...["a", "add", "append", "change", "chg", "delete", "get", "list", "show", "prepend", "replace"],
  ...["test", "flush"],
] as const;

/** `ip route`: prints the routing tables, and the route to an address. */
export function ipRoute(process: ProcessContext, options: IpOptions, words: Words): number {
  const first = words.take();
  const asked = first === undefined ? "show" : command(commands, first);
  switch (asked) {
    case "list":
    case "show":
      return list(process, options, words);
    case "flush":
      return flush(process, options, words);
    case "get":
      return get(process, options, words);
    default:
      return modify(process, options, words);
  }
}

const listKeywords = [
  ...["protocol", "dev", "oif", "iif", "via", "table", "cache", "from", "to", "scope", "all", "root"],
  ...["match", "exact", "main"],
] as const;

/** Which routes are shown. */
interface RouteFilter {
  readonly device: string | undefined;
  /** `all` tables, the `cache`, which is empty, or one by its name. */
  readonly table: string;
  readonly scope: string | undefined;
  /** The destination is within this prefix. */
  readonly within: Selection | undefined;
  /** The destination has this prefix. */
  readonly around: Selection | undefined;
  /** Whether the gateways are not shown. */
  readonly hidesGateway: boolean;
}

function readFilter(process: ProcessContext, { family }: IpOptions, words: Words): RouteFilter {
  let [device, scope]: (string | undefined)[] = [];
  let table = "main";
  let [within, around]: (Selection | undefined)[] = [];
  let hidesGateway = false;
  for (let word = words.take(); word !== undefined; word = words.take()) {
    const found = keyword(listKeywords, word);
    switch (found) {
      case "dev":
      case "oif":
      case "iif":
        device = words.value();
        break;
      case "protocol":
        words.value();
        break;
      case "via":
        hidesGateway = readSelection(words.value(), family).prefix !== undefined;
        break;
      case "table":
        table = readTable(words.value());
        break;
      case "cache":
        table = "cache";
        break;
      case "scope":
        scope = words.value();
        break;
      case "from":
        words.value();
        break;
      default: {
        const kind = found === "to" ? words.value() : word;
        const how = keyword(listKeywords, kind);
        const isPlain = how !== "root" && how !== "match" && how !== "exact";
        const selection = readSelection(isPlain ? kind : words.value(), family);
        if (how !== "match") within = selection;
        if (how !== "root") around = selection;
      }
    }
  }
  if (device !== undefined) checkDevice(devicesOf(process.network.namespace), device);
  return { device, table, scope, within, around, hidesGateway };
}

function readTable(word: string): string {
  const found = keyword(listKeywords, word);
  if (found === "cache" || found === "all" || found === "main") return found;
  const numbers: Readonly<Record<string, string>> = { 254: "main", 255: "local", 253: "default" };
  if (["local", "default", "unspec"].includes(word)) return word;
  if (/^\d+$/.test(word)) return numbers[word] ?? word;
  throw new Died(`invalid argument '${word}' to 'table'`);
}

function list(process: ProcessContext, options: IpOptions, words: Words): number {
  const filter = readFilter(process, options, words);
  const families =
    options.family === 4 || options.family === 6
      ? [options.family]
      : filter.table === "all"
        ? ([4, 6] as const)
        : ([4] as const);
  for (const family of families) {
    const all = routingTable(process.network.namespace, family);
    for (const route of all.filter((each) => isShown(each, filter))) {
      process.stdout(`${routeText(route, filter)}\n`);
    }
  }
  return 0;
}

function isShown(route: TableRoute, { device, table, scope, within, around }: RouteFilter): boolean {
  const { destination } = route;
  return (
    (table === "all" || route.table === table) &&
    (device === undefined || route.device === device) &&
    (scope === undefined || scope === "all" || route.scope === scope) &&
    (within?.family === undefined || isWithin(destination, within)) &&
    (around?.family === undefined || isAround(destination, around))
  );
}

function isWithin({ address, bits }: Prefix, { family, prefix }: Selection): boolean {
  return address.family === family && (prefix?.bits ?? 0) <= bits && selects({ family, prefix }, address);
}

function isAround(destination: Prefix, { family, prefix }: Selection): boolean {
  if (destination.address.family !== family) return false;
  return prefix
    ? destination.bits <= prefix.bits && contains(destination, prefix.address)
    : destination.bits === 0;
}

function routeText(
  { kind, destination, gateway, device, table, scope, source, metric }: TableRoute,
  filter: Pick<RouteFilter, "table" | "hidesGateway">,
): string {
  return [
    kind === "unicast" ? "" : `${kind} `,
    `${destinationText(destination)} `,
    gateway && !filter.hidesGateway ? `via ${formatAddress(gateway)} ` : "",
    `dev ${device} `,
    table === "main" || filter.table !== "all" ? "" : `table ${table} `,
    scope === "global" ? "" : `scope ${scope} `,
    source ? ` src ${formatAddress(source)} ` : "",
    metric === undefined ? "" : ` metric ${metric} `,
  ].join("");
}

function flush(process: ProcessContext, options: IpOptions, words: Words): number {
  if (words.isEmpty) throw new Died('"ip route flush" requires an argument');
  const { table } = readFilter(process, options, words);
  if (table !== "cache") throw new Died("can't send flush request: Operation not permitted");
  if (options.family !== 6) {
    process.stderr("ip: can't open '/proc/sys/net/ipv4/route/flush': Read-only file system\n");
  }
  return 0;
}

function get(process: ProcessContext, options: IpOptions, words: Words): number {
  let to: Selection | undefined;
  let from: Selection | undefined;
  let [device, by]: (string | undefined)[] = [];
  const { family } = options;
  for (let word = words.take(); word !== undefined; word = words.take()) {
    switch (word) {
      case "from":
        from = readSelection(words.value(), to?.family ?? family);
        break;
      case "iif":
        by = words.value();
        break;
      case "oif":
      case "dev":
        device = words.value();
        break;
      case "notify":
      case "connected":
        break;
      default:
        to = readSelection(word === "to" ? words.value() : word, family);
    }
  }
  const prefix = to?.prefix;
  if (!prefix || prefix.bits === 0) throw new Died("need at least destination address");
  const { namespace } = process.network;
  for (const name of [by, device]) if (name !== undefined) checkDevice(devicesOf(namespace), name);
  if (by !== undefined) refuse("Invalid argument");
  process.stdout(chosenText(process, options, prefix.address, from?.prefix?.address, device));
  return 0;
}

/** Writes the route that a packet takes, as the kernel answers. @throws {Died} there is none */
function chosenText(
  { network: { namespace } }: ProcessContext,
  { lineEnd }: IpOptions,
  address: Address,
  from: Address | undefined,
  device: string | undefined,
): string {
  const found = routeTo(namespace, address, device);
  if (!found && (device === undefined || address.family === 6)) refuse("Network is unreachable");
  const { kind = "unicast", gateway, metric } = found ?? {};
  const isLocal = kind === "local";
  const out = isLocal ? "lo" : (device ?? found?.device ?? "");
  const source = from === undefined ? (found?.source ?? sourceOn(namespace, out, address)) : undefined;
  const text = [
    kind === "unicast" ? "" : `${kind} `,
    `${formatAddress(address)} `,
    address.family === 6 ? "from :: " : from ? `from ${formatAddress(from)} ` : "",
    gateway ? `via ${formatAddress(gateway)} ` : "",
    `dev ${out} `,
    source ? ` src ${formatAddress(source)} ` : "",
    metric === undefined ? "" : ` metric ${metric} `,
  ].join("");
  return address.family === 6 ? `${text}\n` : `${text}${lineEnd}    cache \n`;
}

/** The address of an interface that packets to an address are sent from. */
function sourceOn(
  namespace: ProcessContext["network"]["namespace"],
  device: string,
  to: Address,
): Address | undefined {
  const own = devicesOf(namespace)
    .find(({ name }) => name === device)
    ?.addresses.filter(({ address }) => address.family === to.family);
  return (own?.find(({ scope }) => scope === "global") ?? own?.[0])?.address;
}

const words4 = [
  "src",
  "via",
  "mtu",
  "advmss",
  "scope",
  "protocol",
  "table",
  "dev",
  "oif",
  "to",
  "metric",
  "onlink",
] as const;

function modify(process: ProcessContext, { family }: IpOptions, words: Words): number {
  let device: string | undefined;
  for (let word = words.take(); word !== undefined; word = words.take()) {
    const found = keyword(words4, word);
    switch (found) {
      case "dev":
      case "oif":
        device = words.value();
        break;
      case "onlink":
        break;
      case "to":
        readSelection(words.value(), family);
        break;
      case undefined:
        readSelection(word, family);
        break;
      default:
        if (words.value() === "lock") words.value();
    }
  }
  if (device !== undefined) checkDevice(devicesOf(process.network.namespace), device);
  return refuse();
}
