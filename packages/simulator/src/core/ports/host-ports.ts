import type { PublishedPort } from "./published.js";
import type { RealPorts } from "./real-ports.js";

/** The reason why no port is given: it is taken at an address, or no port of the range is free. */
type PortRefusal =
  | { readonly kind: "taken"; readonly address: string; readonly port: number }
  | { readonly kind: "exhausted" };

/** The ports of the host that containers hold, by address and protocol. */
export interface HostPorts {
  /**
   * Takes one port at all of `addresses`. It is `range.first` when the range is that port alone, else a free
   * port of the range, or of the ephemeral ports when both bounds are 0. The search goes on from the port
   * that it gave last for the first address and that range.
   *
   * @param whole also refuse a port of `0.0.0.0` or `::` that is held at any address of the family, and the
   *   reverse
   */
  take(
    addresses: readonly string[],
    protocol: string,
    range: { readonly first: number; readonly last: number },
    whole: boolean,
  ): number | PortRefusal;
  /**
   * Returns whether a port that is held at another address prevents binding to `address`. For `0.0.0.0` and
   * `::` every other address of the family counts, for all others only `0.0.0.0` or `::`.
   */
  blocked(address: string, protocol: string, port: number): boolean;
  /** Frees a port at one address. */
  free(address: string, protocol: string, port: number): void;
  /** The ports that lead to containers, by {@link publishedKey}. `publish.ts` keeps it. */
  readonly published: Map<string, PublishedPort[]>;
  /** A number that changes with {@link published}. */
  version: number;
  /** The ports of the machine that the simulator runs on; `undefined` unless they are published there. */
  real: RealPorts | undefined;
  /** Copies what is held and the positions of the searches, to find out what a call would take. */
  fork(): HostPorts;
  /** The positions of the searches. A snapshot needs them and the ports that containers hold. */
  readonly cursors: Readonly<Record<string, number>>;
}

/** Returns the key of a published port. */
export function publishedKey(protocol: string, hostPort: number): string {
  return `${protocol} ${hostPort}`;
}

/** The ephemeral ports: Linux's `net.ipv4.ip_local_port_range`, which libnetwork reads. */
const ephemeral = { first: 32768, last: 60999 };

const anywhere = { 4: "0.0.0.0", 6: "::" } as const;

function family(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}

/**
 * Creates the host's ports, with none held.
 *
 * @param cursors the positions from a snapshot. The containers take their ports again themselves.
 * @param held the ports that are held, by protocol and address, e.g. `tcp 0.0.0.0`
 */
export function hostPorts(
  cursors: Readonly<Record<string, number>> = {},
  held = new Map<string, Set<number>>(),
): HostPorts {
  /** The addresses that ever held a port, by family. There are few. */
  const known = { 4: new Set<string>([anywhere[4]]), 6: new Set<string>([anywhere[6]]) };
  for (const key of held.keys()) {
    const address = key.slice(key.indexOf(" ") + 1);
    known[family(address)].add(address);
  }
  const last = new Map<string, number>(Object.entries(cursors));

  const isHeld = (address: string, protocol: string, port: number): boolean =>
    held.get(`${protocol} ${address}`)?.has(port) ?? false;

  /**
   * Returns the addresses, beside `address` itself, at which a port must be free so that `address` can have
   * it.
   */
  function others(address: string): Iterable<string> {
    const of = family(address);
    return address === anywhere[of] ? known[of] : [anywhere[of]];
  }

  function hold(address: string, protocol: string, port: number): void {
    const key = `${protocol} ${address}`;
    const ports = held.get(key);
    if (ports) ports.add(port);
    else held.set(key, new Set([port]));
    known[family(address)].add(address);
  }

  return {
    published: new Map(),
    version: 0,
    real: undefined,
    fork: () =>
      hostPorts(Object.fromEntries(last), new Map([...held].map(([key, ports]) => [key, new Set(ports)]))),
    take(addresses, protocol, range, whole) {
      const looked = new Set(addresses);
      if (whole) for (const address of addresses) for (const other of others(address)) looked.add(other);
      const holder = (port: number): string | undefined => {
        for (const address of looked) if (isHeld(address, protocol, port)) return address;
        return undefined;
      };

      if (range.first > 0 && range.first === range.last) {
        const address = holder(range.first);
        if (address !== undefined) return { kind: "taken", address, port: range.first };
        for (const address of addresses) hold(address, protocol, range.first);
        return range.first;
      }

      const { first, last: end } = range.first === 0 && range.last === 0 ? ephemeral : range;
      const cursor = (address: string): string => `${protocol} ${address} ${first}-${end}`;
      let port = last.get(cursor(addresses[0] ?? "")) ?? end;
      for (let tried = first; tried <= end; tried++) {
        port = port >= end ? first : port + 1;
        if (holder(port) !== undefined) continue;
        for (const address of addresses) {
          hold(address, protocol, port);
          last.set(cursor(address), port);
        }
        return port;
      }
      return { kind: "exhausted" };
    },
    blocked(address, protocol, port) {
      for (const other of others(address)) {
        if (other !== address && isHeld(other, protocol, port)) return true;
      }
      return false;
    },
    free(address, protocol, port) {
      const key = `${protocol} ${address}`;
      const ports = held.get(key);
      ports?.delete(port);
      if (ports?.size === 0) held.delete(key);
    },
    get cursors() {
      return Object.fromEntries(last);
    },
  };
}
