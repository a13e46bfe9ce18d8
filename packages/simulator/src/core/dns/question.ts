/** One question of a DNS message. It has no class, because the engine ignores the class. */
export interface Question {
  /**
   * The name as DNS tools write it, with unusual characters escaped, and with or without the trailing dot.
   */
  readonly name: string;
  /** The number of the record type, e.g. 1 for A. */
  readonly type: number;
}

/** A resource record whose data is text: an address, or a name with its trailing dot. */
export interface ResourceRecord {
  readonly owner: string;
  readonly type: number;
  /** In seconds. */
  readonly ttl: number;
  readonly data: string;
}

/** A server's reply to a question. */
export interface Reply {
  /** The response code, e.g. 0 for NOERROR. */
  readonly code: number;
  /** Whether the server owns the zone. 20.10 then believes its NXDOMAIN and asks no other server. */
  readonly authoritative?: boolean;
  /** Whether the resolver made it up because no server answered. It then offers no recursion. */
  readonly madeUp?: boolean;
  readonly answers: readonly ResourceRecord[];
}
