import { hostPortRange } from "../generate/pools.js";
import type { Symbols } from "./symbols.js";

type Rule = (value: unknown, symbols: Symbols, parents: readonly Parent[]) => unknown;

interface Parent {
  readonly key: string;
  readonly of: Readonly<Record<string, unknown>>;
}

/** Fields whose value is an engine's own affair, by name. What no rule names is compared as it is. */
const rules: Readonly<Record<string, Rule>> = {
  Pid: (value) => (typeof value === "number" && value > 0 ? "<pid>" : value),
  Created: (value, symbols) => (typeof value === "number" ? "<seconds>" : text(value, symbols)),
  HostPort: (value, symbols, parents) => chosenPort(value, symbols, protocolOf(parents)),
  PublicPort: (value, symbols, parents) => chosenPort(value, symbols, String(parents[0]?.of.Type)),
  // A standing engine's image was tagged by whoever used it before, so it need not be a time of its own.
  LastTagTime: () => "<time>",
  // Orders that the engine takes from Go's maps.
  ExecIDs: sorted,
  NetworksDeleted: sorted,
  ContainersDeleted: sorted,
  // Both families of a port are bound at once.
  Ports: (value, symbols, parents) =>
    Array.isArray(value) ? sorted(value, symbols, parents) : walk(value, symbols, parents),
};

/** `value` with everything that two like engines do not share replaced by symbols. */
export function normalise(value: unknown, symbols: Symbols): unknown {
  return walk(value, symbols, []);
}

function walk(value: unknown, symbols: Symbols, parents: readonly Parent[]): unknown {
  if (typeof value === "string") return withoutInterface(ageless(unordered(symbols.text(value))));
  if (Array.isArray(value)) return value.map((item) => walk(item, symbols, parents));
  if (typeof value !== "object" || value === null) return value;
  const of = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(of).map(([key, item]) => {
      const inside = [{ key, of }, ...parents];
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      return [symbols.text(key), (rule ?? walk)(item, symbols, inside)];
    }),
  );
}

function text(value: unknown, symbols: Symbols): unknown {
  return typeof value === "string" ? symbols.text(value) : value;
}

function sorted(value: unknown, symbols: Symbols, parents: readonly Parent[]): unknown {
  return Array.isArray(value) ? value.map((item) => walk(item, symbols, parents)).sort(byText) : value;
}

/** An order for values that have none. */
export function byText(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `Up 3 seconds`, `Exited (0) 2 minutes ago`: in lists, and in what 20.10 says of a container that does not run. */
function ageless(text: string): string {
  return text.replace(
    /\b(Up|Exited \(\d+\)) (Less than a second|About an? \w+|\d+ (second|minute|hour)s?)\b/,
    "$1 <age>",
  );
}

/** What the kernel says of an interface: its end in the host has a random name and the next free index. */
function withoutInterface(text: string): string {
  return text.replace(/\bveth[0-9a-f]{7}\b/g, "<interface>").replace(/\bIfindex: \d+/, "Ifindex: <index>");
}

const firstEphemeralPort = 32_768;

/**
 * Ports that the engine chooses. It goes on from the last one it gave, where that is outlives the containers,
 * and how many it uses up varies; so the few of a range come round at different times.
 */
function chosenPort(value: unknown, symbols: Symbols, protocol: string): unknown {
  const port = Number(value);
  if (port >= hostPortRange.first && port <= hostPortRange.last) return "<port of the range>";
  return port >= firstEphemeralPort ? symbols.counted(`${protocol} port`, String(value)) : value;
}

/** `80/tcp`, the key of a port map, is around its bindings. */
function protocolOf(parents: readonly Parent[]): string {
  return parents.find(({ key }) => key.includes("/"))?.key.split("/")[1] ?? "";
}

/** A message whose list, if it has one that the engine takes from a map, is in the order of `key`. */
export function inOrder(message: string, key: (item: string) => string): string {
  const order = (one: string, other: string) => (key(one) < key(other) ? -1 : 1);
  return lists.reduce(
    (text, list) => text.replace(list, (items) => items.split(", ").sort(order).join(", ")),
    message,
  );
}

/** Messages that list what a Go map held. */
const lists = [/(?<=has active endpoints \().*(?=\))/, /(?<=network endpoints: ).*$/m];

function unordered(message: string): string {
  return inOrder(message, (item) => item).replace(
    /(?<=Network with name .* \(id : )<.*?>(?=\) already exists)/,
    "<one of them>",
  );
}
