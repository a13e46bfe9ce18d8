/** One question of a DNS message; the class is ignored, as the engine ignores it. */
export interface Question {
  /** As DNS tools write it, unusual characters escaped; with or without the trailing dot. */
  readonly name: string;
  /** The type's number. */
  readonly type: number;
}

/** A resource record whose data reads as text: an address, or a name with its trailing dot. */
export interface ResourceRecord {
  readonly owner: string;
  readonly type: number;
  readonly ttl: number;
  readonly data: string;
}

/** What a server says to a question. */
export interface Reply {
  readonly code: number;
  /** Whether the server says that it owns the zone: then 20.10 believes its NXDOMAIN and asks nobody else. */
  readonly authoritative?: boolean;
  readonly answers: readonly ResourceRecord[];
}
