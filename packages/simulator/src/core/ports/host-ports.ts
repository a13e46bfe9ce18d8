/** What stands in the way of a port. */
type PortRefusal =
  | { readonly kind: "taken"; readonly address: string; readonly port: number }
  | { readonly kind: "exhausted" };

/** The host's ports that containers hold, by address and protocol. */
export interface HostPorts {
  /**
   * Takes one port at all of `addresses`: `first` where `first` is `last`, else a free one between
   * them (both 0: between the ephemeral bounds), searching on from the last one given out for the
   * first address and that range.
   *
   * @param whole also refuse a port of `0.0.0.0` or `::` that is held at any address of its family, and the reverse
   */
  take(
    addresses: readonly string[],
    protocol: string,
    range: { readonly first: number; readonly last: number },
    whole: boolean,
  ): number | PortRefusal;
  /** Whether anything but `address` itself in the same family stands in the way of binding to it. */
  blocked(address: string, protocol: string, port: number): boolean;
  free(address: string, protocol: string, port: number): void;
  /** The searches' positions: together with the ports that containers hold, all that a snapshot needs. */
  readonly cursors: Readonly<Record<string, number>>;
}

/** Linux's `net.ipv4.ip_local_port_range`, which libnetwork reads. */
const ephemeral = { first: 32768, last: 60999 };

const anywhere = { 4: "0.0.0.0", 6: "::" } as const;

function family(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}

/** @param cursors of a snapshot; the ports themselves are taken again by whoever holds them */
export function hostPorts(cursors: Readonly<Record<string, number>> = {}): HostPorts {
  /** By `protocol address`. */
  const held = new Map<string, Set<number>>();
  /** Addresses that ever held a port, by family: few. */
  const known = { 4: new Set<string>([anywhere[4]]), 6: new Set<string>([anywhere[6]]) };
  const last = new Map<string, number>(Object.entries(cursors));

  const isHeld = (address: string, protocol: string, port: number): boolean =>
    held.get(`${protocol} ${address}`)?.has(port) ?? false;

  /** The addresses at which a port must be free for `address` to have it, beside `address` itself. */
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
