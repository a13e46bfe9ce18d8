import { formatAddress, isUnspecified, parseIP } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { hostInterfaces } from "../system/interfaces.js";

/** A host and a port as text. The port is not checked. */
export interface HostPort {
  readonly host: string;
  readonly port: string;
}

const defaultPort = "2377";

/** Adds the default host and port to an address. @throws 400 for an empty one */
export function completeAddress(field: string, given: string): string {
  if (given === "") throw engineError(400, `invalid ${field} "": invalid empty address`);
  const bare = given.replace(/^tcp:\/\//, "");
  const split = splitHostPort(bare);
  if (!split) return bare.includes(":") ? bare : `${bare}:${defaultPort}`;
  // A port of 0 and a port that is no number pass unchanged.
  return joinHostPort({ host: split.host || "0.0.0.0", port: split.port || defaultPort });
}

/** Resolves the address on which the manager listens. @throws 400 */
export function resolveListenAddress(daemon: Daemon, given: string): HostPort {
  const split = splitHostPort(given);
  if (!split) throw engineError(400, `could not parse listen address ${given}`);
  const host = resolveHost(
    daemon,
    split.host,
    "listen address must be an IP address or network interface (with optional port number)",
    true,
  );
  return { host, port: split.port };
}

/**
 * Resolves the address that the swarm advertises. @param given empty for the host's only address @throws 400
 */
export function resolveAdvertiseAddress(daemon: Daemon, given: string, listenPort: string): HostPort {
  if (given === "") return { host: systemAddress(daemon), port: listenPort };
  const split = splitHostPort(given) ?? { host: given, port: listenPort };
  const host = resolveHost(
    daemon,
    split.host,
    "advertise address must be a non-zero IP address or network interface (with optional port number)",
  );
  return { host, port: split.port };
}

/** Checks the address of the data path. @throws 400 */
export function checkDataPathAddress(daemon: Daemon, given: string): void {
  if (given === "") return;
  resolveHost(
    daemon,
    given,
    "data path address must be a non-zero IP address or network interface (without a port number)",
  );
}

/** Returns the address of an interface, by its name, or a given address. */
function resolveHost(daemon: Daemon, given: string, message: string, mayBeUnspecified = false): string {
  const found = hostInterfaces(daemon).find(({ name }) => name === given);
  if (found) {
    const [address, another] = found.addresses.filter((each) => !each.includes(":"));
    if (another !== undefined) {
      throw engineError(400, `interface ${given} has more than one IPv4 address (${address} and ${another})`);
    }
    const [v6] = found.addresses;
    if (address === undefined && v6 === undefined) {
      throw engineError(400, `interface ${given} has no usable IPv4 or IPv6 address`);
    }
    return (address ?? v6) as string;
  }
  const address = parseIP(given);
  if (address && (mayBeUnspecified || !isUnspecified(address))) return formatAddress(address);
  throw engineError(400, message);
}

/** Returns the host's only address. @throws 400 if it has several */
function systemAddress(daemon: Daemon): string {
  const own = hostInterfaces(daemon).filter(({ outward }) => outward);
  const [one, other] = own.flatMap(({ name, addresses }) => addresses.map((address) => ({ name, address })));
  if (!one) throw engineError(400, "could not find the system's IP address");
  if (other) {
    throw engineError(
      400,
      `could not choose an IP address to advertise since this system has multiple addresses on different interfaces (${one.address} on ${one.name} and ${other.address} on ${other.name})`,
    );
  }
  return one.address;
}

/** Checks that the swarm's manager can listen at an address. @throws 500 */
export function checkListening(daemon: Daemon, { host, port }: HostPort): void {
  const fail = (why: string) =>
    engineError(500, `manager stopped: failed to listen on remote API address: listen tcp${why}`);
  if (!/^\d+$/.test(port)) throw fail(`: ${daemon.release.swarm.unknownPort(port)}`);
  if (Number(port) > 65_535) throw fail(`: address ${port}: invalid port`);
  const address = parseIP(host);
  if (!address || isUnspecified(address) || host.startsWith("127.") || host === "::1") return;
  if (!hostInterfaces(daemon).some(({ addresses }) => addresses.includes(host))) {
    throw fail(` ${joinHostPort({ host, port })}: bind: cannot assign requested address`);
  }
}

export function joinHostPort({ host, port }: HostPort): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Splits host and port as Go's net.SplitHostPort does. Returns `undefined` for an invalid text. */
function splitHostPort(text: string): HostPort | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text) ?? [];
  return port === undefined ? undefined : { host: bracketed ?? plain ?? "", port };
}
