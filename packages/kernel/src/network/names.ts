// Questions and answers of the name resolver, as a program sees them. A program asks with
// `ProcessContext.resolve`.

/** A question to the resolver of a process. */
export interface NameQuestion {
  /** The name to look up, with or without a dot at its end. For `PTR`, the IP address to look up. */
  readonly name: string;
  /** The type of the records to look up. Default: `A`. */
  readonly type?: "A" | "AAAA" | "PTR";
}

/** The resolver's answer. */
export interface NameAnswer {
  /**
   * The outcome:
   * - `found`: there is at least one record
   * - `no-such-name`: the name does not exist (NXDOMAIN)
   * - `no-data`: the name exists and has no record of the type
   * - `server-failure`, `refused`: the name server answered with this error
   * - `no-reply`: the name server did not answer
   */
  readonly status: "found" | "no-such-name" | "no-data" | "server-failure" | "refused" | "no-reply";
  /** The addresses that were found, or the names for `PTR`. */
  readonly records: readonly string[];
}
