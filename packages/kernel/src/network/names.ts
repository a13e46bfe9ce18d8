/** A question to the resolver of a process. */
export interface NameQuestion {
  /** A name, with or without the dot at its end. For `PTR`: an IP address. */
  readonly name: string;
  /** The record that is wanted. Default: `A`. */
  readonly type?: "A" | "AAAA" | "PTR";
}

/** The resolver's answer. */
export interface NameAnswer {
  /**
   * - `found`: there is at least one record
   * - `no-such-name`: nobody has the name (NXDOMAIN)
   * - `no-data`: the name exists and has no record of the type
   * - `server-failure`, `refused`: the name server said so
   * - `no-reply`: the name server said nothing
   */
  readonly status: "found" | "no-such-name" | "no-data" | "server-failure" | "refused" | "no-reply";
  /** Addresses, or names for `PTR`. */
  readonly records: readonly string[];
}
