import type { CallOptions } from "./call.js";

/** What to ask. `PTR` takes an address and asks for its name. */
export interface DnsQuery {
  /**
   * A name as plain text, with or without the trailing dot; for `PTR` an IPv4 or IPv6 address. Search
   * domains are not applied.
   */
  name: string;
  /** Default: `A`. */
  type?: "A" | "AAAA" | "PTR";
}

/**
 * - `found`: the answer holds at least one record of the type asked for
 * - `no-such-name`: NXDOMAIN
 * - `no-data`: the name exists and has no record of this type (NOERROR, no answers)
 * - `server-failure`: SERVFAIL
 * - `refused`: REFUSED
 * - `no-reply`: nothing came back in time (20.10 is silent where its upstream is)
 */
export type DnsStatus = "found" | "no-such-name" | "no-data" | "server-failure" | "refused" | "no-reply";

/** What the container's resolver said. */
export interface DnsAnswer {
  status: DnsStatus;
  /**
   * Addresses, or for `PTR` names, in the order given; the engine shuffles several. Names have no dot at
   * the end, and escapes as DNS tools write them: a blank is a backslash and a blank.
   */
  records: string[];
}

/** Names as a container sees them. No Engine API route: what the first `nameserver` of its resolv.conf answers. */
export interface Dns {
  /**
   * Asks the resolver that `container` uses (127.0.0.11 on user-defined networks), from inside its
   * network namespace, so that aliases and links are seen as that container sees them.
   * @throws {NotFoundError} no such container.
   * @throws {ConflictError} the container does not run.
   * @throws {UsageError} DNS cannot ask this: a label of more than 63 bytes, a PTR of what is no address.
   */
  resolve(container: string, query: DnsQuery, options?: CallOptions): Promise<DnsAnswer>;
  /** Several questions at once, answered in order; one visit to the namespace, so much cheaper on a real engine. */
  resolveAll(container: string, queries: readonly DnsQuery[], options?: CallOptions): Promise<DnsAnswer[]>;
}
