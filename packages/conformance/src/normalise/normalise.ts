import { loosenedFields, loosenedLists, loosenedTexts } from "../compare/loosened.js";
import { hostPortRange } from "../generate/pools.js";
import type { Symbols } from "./symbols.js";

type Rule = (value: unknown, symbols: Symbols, parents: readonly Parent[]) => unknown;

interface Parent {
  readonly key: string;
  readonly of: Readonly<Record<string, unknown>>;
}

/**
 * The rule for each field that is compared less strictly. A field without a rule is compared by its value.
 */
const rules: Readonly<Record<keyof typeof loosenedFields, Rule>> = {
  Pid: (value) => (typeof value === "number" && value > 0 ? "<pid>" : value),
  Created: (value, symbols) => (typeof value === "number" ? "<seconds>" : text(value, symbols)),
  HostPort: (value, symbols, parents) =>
    chosenPort(value, symbols, protocolOf(parents), parents[0]?.of.HostIp),
  PublicPort: (value, symbols, parents) =>
    chosenPort(value, symbols, String(parents[0]?.of.Type), parents[0]?.of.IP),
  LastTagTime: () => "<time>",
  CreatedAt: () => "<time>",
  mtime: () => "<time>",
  Mountpoint: (value, symbols) => text(String(value).replace(/^.*(?=\/volumes\/)/, "<data root>"), symbols),
  cpu_stats: () => "<usage>",
  precpu_stats: () => "<usage>",
  memory_stats: () => "<usage>",
  blkio_stats: () => "<usage>",
  pids_stats: () => "<usage>",
  networks: () => "<counters>",
  Links: (value, symbols, parents) =>
    parents[1]?.key === "HostConfig" ? sortedList(value, symbols, parents) : walk(value, symbols, parents),
  Mounts: (value, symbols, parents) =>
    parents[1]?.key === "HostConfig" ? walk(value, symbols, parents) : sortedList(value, symbols, parents),
  Volumes: sortedList,
  VolumesDeleted: sorted,
  ExecIDs: sorted,
  NetworksDeleted: sorted,
  ContainersDeleted: sorted,
  Ports: sortedList,
};

/** Returns `value` with everything that differs between two like engines replaced by symbols. */
export function normalise(value: unknown, symbols: Symbols): unknown {
  return walk(value, symbols, []);
}

function walk(value: unknown, symbols: Symbols, parents: readonly Parent[]): unknown {
  if (typeof value === "string") return loosened(symbols.text(value));
  if (Array.isArray(value)) return value.map((item) => walk(item, symbols, parents));
  if (typeof value !== "object" || value === null) return value;
  const of = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(of).map(([key, item]) => {
      const inside = [{ key, of }, ...parents];
      const rule = isLoosened(key) ? rules[key] : walk;
      return [symbols.text(key), rule(item, symbols, inside)];
    }),
  );
}

function isLoosened(field: string): field is keyof typeof loosenedFields {
  return Object.hasOwn(loosenedFields, field);
}

function text(value: unknown, symbols: Symbols): unknown {
  return typeof value === "string" ? symbols.text(value) : value;
}

function sorted(value: unknown, symbols: Symbols, parents: readonly Parent[]): unknown {
  return Array.isArray(value) ? value.map((item) => walk(item, symbols, parents)).sort(byText) : value;
}

/** Sorts a field that is a list in some places. In others it is normalised as it is. */
function sortedList(value: unknown, symbols: Symbols, parents: readonly Parent[]): unknown {
  return Array.isArray(value) ? sorted(value, symbols, parents) : walk(value, symbols, parents);
}

/** Orders two values by their JSON, for lists whose own order is not compared. */
export function byText(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

const firstEphemeralPort = 32_768;

/**
 * Replaces a port of the range that commands ask for by one symbol, and an ephemeral port by a numbered one of
 * its address. Other ports are compared by their value.
 */
function chosenPort(value: unknown, symbols: Symbols, protocol: string, address: unknown): unknown {
  const port = Number(value);
  if (port >= hostPortRange.first && port <= hostPortRange.last) return "<port of the range>";
  return port >= firstEphemeralPort
    ? symbols.counted(`${protocol} port of ${String(address)}`, String(value))
    : value;
}

/** Finds the protocol in the key of the port map (`80/tcp`) that the value is in. */
function protocolOf(parents: readonly Parent[]): string {
  return parents.find(({ key }) => key.includes("/"))?.key.split("/")[1] ?? "";
}

/** Sorts the list inside a message by `key`, if the message has a list that is compared in any order. */
export function inOrder(message: string, key: (item: string) => string): string {
  const order = (one: string, other: string) => (key(one) < key(other) ? -1 : 1);
  return loosenedLists.reduce(
    (text, { list }) => text.replace(list, (items) => items.split(", ").sort(order).join(", ")),
    message,
  );
}

function loosened(text: string): string {
  return loosenedTexts.reduce(
    (text, { pattern, by }) => text.replace(pattern, by),
    inOrder(text, (item) => item),
  );
}
