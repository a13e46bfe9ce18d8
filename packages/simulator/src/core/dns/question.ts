/** DNS type numbers (RFC 1035 and later) that the engine knows; every other number is forwarded. */
export const recordTypes = { A: 1, CNAME: 5, PTR: 12, MX: 15, AAAA: 28, SRV: 33 } as const;

/** DNS response codes that occur here. */
export const responseCodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

/** One question of a DNS message; the class is ignored, as the engine ignores it. */
export interface Question {
  /** As spelt, with or without the trailing dot. */
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
