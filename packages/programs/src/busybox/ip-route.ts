import {
  type Address,
  contains,
  devicesOf,
  formatAddress,
  type NetworkNamespace,
  type Prefix,
  type ProcessContext,
  routeTo,
  routingTable,
  type TableRoute,
} from "@dryharbor/kernel";
import { Died } from "./applet.js";
import { type InterfaceFilter, readScope } from "./ip-address.js";
import {
  checkDevice,
  checkNumber,
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
import { isOwn } from "./own-addresses.js";

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
  readonly scope: InterfaceFilter["scope"];
  readonly showsScope: boolean;
  /** Whether none has the source that is asked for. */
  readonly isNone: boolean;
  /** The destination is within this prefix. */
  readonly within: Selection | undefined;
  /** The destination has this prefix. */
  readonly around: Selection | undefined;
  /** Whether the gateways are not shown. */
  readonly hidesGateway: boolean;
}

function readFilter(process: ProcessContext, { family }: IpOptions, words: Words): RouteFilter {
  let [device, by]: (string | undefined)[] = [];
  let scope: InterfaceFilter["scope"];
  let [showsScope, isNone] = [true, false];
  let table = "main";
  let [within, around]: (Selection | undefined)[] = [];
  let hidesGateway = false;
  for (let word = words.take(); word !== undefined; word = words.take()) {
    const found = keyword(listKeywords, word);
    switch (found) {
      case "dev":
      case "oif":
        device = words.value();
        break;
      case "iif":
        by = words.value();
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
        scope = readScope(words.value());
        showsScope = scope === undefined;
        break;
      case "from":
        isNone = isFromSomewhere(words, family);
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
  for (const name of [by, device]) {
    if (name !== undefined) checkDevice(devicesOf(process.network.namespace), name);
  }
  return { device, table, scope, showsScope, isNone, within, around, hidesGateway };
}

/** Reads the source that routes shall have. Returns whether it is more than any: no route has one. */
function isFromSomewhere(words: Words, family: IpOptions["family"]): boolean {
  const word = words.value();
  const how = keyword(listKeywords, word);
  const isPlain = how !== "root" && how !== "match" && how !== "exact";
  const { prefix } = readSelection(isPlain ? word : words.value(), family);
  return how !== "match" && prefix !== undefined && prefix.bits > 0;
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
  for (const route of shownRoutes(process, options, filter)) {
    process.stdout(`${routeText(route, filter)}\n`);
  }
  return 0;
}

function shownRoutes(
  { network: { namespace } }: ProcessContext,
  { family }: IpOptions,
  filter: RouteFilter,
): TableRoute[] {
  const isBoth = family === "link" || (family === undefined && filter.table === "all");
  const families = isBoth ? ([4, 6] as const) : ([family ?? 4] as const);
  return families.flatMap((each) => routingTable(namespace, each).filter((route) => isShown(route, filter)));
}

function isShown(route: TableRoute, filter: RouteFilter): boolean {
  const { device, scope, within, around, isNone } = filter;
  const { destination } = route;
  return (
    !isNone &&
    isInTable(route, filter.table) &&
    (device === undefined || route.device === device) &&
    (scope === undefined || route.scope === scope) &&
    (within?.family === undefined || isWithin(destination, within)) &&
    (around?.family === undefined || isAround(destination, around))
  );
}

function isInTable({ destination, table }: TableRoute, asked: string): boolean {
  // IPv4 has no cache any more, so the kernel shows all its routes.
  if (asked === "cache") return destination.address.family === 4;
  return asked === "all" || table === asked;
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
  filter: RouteFilter,
): string {
  return [
    kind === "unicast" ? "" : `${kind} `,
    `${destinationText(destination)} `,
    gateway && !filter.hidesGateway ? `via ${formatAddress(gateway)} ` : "",
    `dev ${device} `,
    table === "main" || filter.table !== "all" ? "" : `table ${table} `,
    scope === "global" || !filter.showsScope ? "" : `scope ${scope} `,
    source ? ` src ${formatAddress(source)} ` : "",
    metric === undefined ? "" : ` metric ${metric} `,
  ].join("");
}

function flush(process: ProcessContext, options: IpOptions, words: Words): number {
  if (words.isEmpty) throw new Died('"ip route flush" requires an argument');
  const filter = readFilter(process, options, words);
  if (filter.table !== "cache") {
    if (shownRoutes(process, options, filter).length === 0) return 0;
    throw new Died("can't send flush request: Operation not permitted");
  }
  if (options.family !== 6) {
    process.stderr("ip: can't open '/proc/sys/net/ipv4/route/flush': Read-only file system\n");
  }
  return 0;
}

function get(process: ProcessContext, options: IpOptions, words: Words): number {
  let to: Selection | undefined;
  let from: Selection | undefined;
  let [device, by]: (string | undefined)[] = [];
  let isConnected = false;
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
        break;
      case "connected":
        isConnected = true;
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
  const chosen = choose(namespace, prefix.address, device);
  const source = from?.prefix?.address;
  if (source && !isOwn(namespace, source)) refuse("Network is unreachable");
  process.stdout(chosenText(chosen, source, options));
  if (isConnected && !source && chosen.source) process.stdout(chosenText(chosen, chosen.source, options));
  return 0;
}

/** The route that the kernel chooses for a packet. */
interface Chosen {
  readonly address: Address;
  readonly kind: TableRoute["kind"];
  readonly gateway: Address | undefined;
  readonly device: string;
  /** The address that it is sent from. */
  readonly source: Address | undefined;
  readonly metric: number | undefined;
}

/** @throws {Died} there is no route */
function choose(namespace: NetworkNamespace, address: Address, device: string | undefined): Chosen {
  const { family, value } = address;
  const found = routeTo(namespace, address, device);
  if (!found && (device === undefined || family === 6)) refuse("Network is unreachable");
  const base = { address, gateway: found?.gateway, metric: found?.metric };
  if (found?.kind === "local" || (family === 4 && value === 0n)) {
    const own = value === 0n ? loopback : address;
    return { ...base, kind: "local", gateway: undefined, device: "lo", source: found?.source ?? own };
  }
  const out = device ?? found?.device ?? "";
  const source = found?.source ?? sourceOn(namespace, out, address);
  const kind =
    family === 4 && value === broadcast
      ? "broadcast"
      : family === 4 && value >> 28n === multicast
        ? "multicast"
        : (found?.kind ?? "unicast");
  const gateway = kind === "unicast" ? found?.gateway : undefined;
  return { ...base, kind, gateway, device: out, source };
}

const loopback: Address = { family: 4, value: 0x7f00_0001n };
const broadcast = 0xffff_ffffn;
/** The first four bits of a group's address. */
const multicast = 0xen;

/** Writes the route that a packet takes, as the kernel answers. */
function chosenText(
  { address, kind, gateway, device, source, metric }: Chosen,
  from: Address | undefined,
  { lineEnd }: IpOptions,
): string {
  const is6 = address.family === 6;
  const text = [
    kind === "unicast" ? "" : `${kind} `,
    `${formatAddress(address)} `,
    is6 ? "from :: " : from ? `from ${formatAddress(from)} ` : "",
    gateway ? `via ${formatAddress(gateway)} ` : "",
    `dev ${device} `,
    is6 && kind === "local" ? "table local " : "",
    source && (is6 || !from) ? ` src ${formatAddress(source)} ` : "",
    metric === undefined ? "" : ` metric ${metric} `,
  ].join("");
  return is6 ? `${text}\n` : `${text}${lineEnd}    cache \n`;
}

/** The address of an interface that packets to an address are sent from. */
function sourceOn(namespace: NetworkNamespace, device: string, to: Address): Address | undefined {
  const own = devicesOf(namespace)
    .find(({ name }) => name === device)
    ?.addresses.filter(({ address }) => address.family === to.family);
  const scope = to.family === 6 && to.value >> 118n === linkLocal ? "link" : "global";
  return (own?.find((each) => each.scope === scope) ?? own?.[0])?.address;
}

/** The first ten bits of fe80::/10. */
const linkLocal = 0x3fan;

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
  let isGiven = false;
  for (let word = words.take(); word !== undefined; word = words.take()) {
    const found = keyword(words4, word);
    switch (found) {
      case "dev":
      case "oif":
        device = words.value();
        break;
      case "onlink":
        break;
      case "src":
      case "via":
        checkAddress(words.value());
        break;
      case "scope":
        readScope(words.value());
        break;
      case "table":
        readTable(words.value());
        break;
      case "protocol":
        words.value();
        break;
      case "mtu":
      case "advmss":
      case "metric": {
        const value = words.value();
        checkNumber(found !== "metric" && value === "lock" ? words.value() : value, found);
        break;
      }
      default: {
        const kind = found === "to" ? words.value() : word;
        const destination = kinds.includes(kind) ? words.value() : kind;
        if (isGiven) throw new Died(`either "to" is duplicate, or "${destination}" is garbage`);
        isGiven = true;
        readSelection(destination, family);
      }
    }
  }
  if (device !== undefined) checkDevice(devicesOf(process.network.namespace), device);
  return refuse();
}

/** What may stand before a destination. */
const kinds = [
  ...["local", "nat", "broadcast", "brd", "anycast", "multicast", "prohibit", "unreachable", "blackhole"],
  ...["xresolve", "unicast", "throw"],
];

function checkAddress(text: string): void {
  if (readSelection(text, undefined).prefix || ["default", "all", "any"].includes(text)) return;
  throw new Died(`an inet address is expected rather than "${text}"`);
}
