// Generated DNS messages: what clients ask, what they could ask, and what is no question at all.
/** A message to ask, and how. */
export interface GeneratedQuery {
  readonly bytes: Uint8Array;
  readonly transport: "udp" | "tcp";
}

/** Names that mean something on the stage of compare.ts, and some that mean nothing. */
const names = [
  "web",
  "www",
  "Shop",
  "many",
  "box",
  "web.lookup",
  "www.lookup",
  "many.lookup",
  "web.Lookup",
  "dotted.name",
  "dotted.name.lookup",
  "nosuch",
  "nosuch.lookup",
  "nosuch.test",
  "localhost",
  "lookup",
  "up.test",
  "multi.up.test",
  "alias.up.test",
  "nodata.up.test",
  "big.up.test",
  "servfail.up.test",
  "refused.up.test",
  "a b.test",
  "_srv._tcp.web",
  "",
];

/** Names of addresses. */
const reverseNames = [
  ...["10.71.0.2", "10.71.0.3", "10.71.0.1", "10.9.9.9", "192.0.2.53"].map(
    (address) => `${address.split(".").reverse().join(".")}.in-addr.arpa`,
  ),
  ...["2", "9"].map((last) => `${last}${".0".repeat(22)}.0.1.7.0.0.0.0.d.f.ip6.arpa`),
];

const types = [1, 1, 1, 28, 28, 12, 15, 16, 33, 2, 5, 6, 255, 65, 257, 41, 0, 65_535];

/** Draws numbers from a seed (mulberry32). */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }

  in(times: number): boolean {
    return this.below(times) === 0;
  }
}

/** Makes queries. The same seed makes the same ones. Their ids are their places. */
export function generateQueries(count: number, seed: number): readonly GeneratedQuery[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, (_, index) => {
    const bytes = messageOf(chance, index & 0xffff);
    return { bytes, transport: chance.in(4) ? "tcp" : "udp" };
  });
}

function messageOf(chance: Chance, id: number): Uint8Array {
  const questions = chance.in(15) ? chance.of([0, 2, 2, 3]) : 1;
  const parts: number[] = [];
  for (let each = 0; each < questions; each++) {
    parts.push(...questionOf(chance, each > 0));
  }
  const opts = chance.in(3) ? (chance.in(10) ? 2 : 1) : 0;
  for (let each = 0; each < opts; each++) parts.push(...optOf(chance));
  const others = chance.in(20) ? 1 : 0;
  const flags = flagsOf(chance);
  const header = [id >> 8, id & 0xff, flags >> 8, flags & 0xff, 0, questions, 0, 0, 0, 0, 0, opts + others];
  // A record of the answer section in a question.
  if (others > 0) parts.push(0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4);
  return damaged(chance, Uint8Array.from([...header, ...parts]));
}

function flagsOf(chance: Chance): number {
  let flags = chance.in(8) ? 0 : 0x100;
  // AD, CD, Z, RA, TC, AA, then the response code.
  for (const bit of [0x20, 0x10, 0x40, 0x80, 0x200, 0x400]) if (chance.in(8)) flags |= bit;
  if (chance.in(30)) flags |= chance.below(16);
  if (chance.in(25)) flags |= chance.below(16) << 11;
  return flags;
}

function questionOf(chance: Chance, mayPoint: boolean): number[] {
  const type = chance.of(types);
  const class_ = chance.in(10) ? chance.of([0, 3, 4, 254, 255, 2]) : 1;
  const name = mayPoint && chance.in(2) ? [0xc0, 12] : nameOf(chance);
  return [...name, type >> 8, type & 0xff, class_ >> 8, class_ & 0xff];
}

function nameOf(chance: Chance): number[] {
  if (chance.in(25)) return longName(chance);
  const text = chance.in(6) ? chance.of(reverseNames) : chance.of(names);
  const labels = text === "" ? [] : text.split(".");
  if (chance.in(30)) labels.push(chance.of(["test", "lookup", "arpa"]));
  const shown = labels.map((label) => (chance.in(4) ? mixed(chance, label) : label));
  return [...shown.flatMap((label) => [label.length, ...new TextEncoder().encode(label)]), 0];
}

function mixed(chance: Chance, label: string): string {
  return [...label].map((letter) => (chance.in(2) ? letter.toUpperCase() : letter)).join("");
}

/** A name with long labels, up to what a message may have and beyond it, or with odd bytes. */
function longName(chance: Chance): number[] {
  const labels: number[] = [];
  const count = chance.of([1, 2, 3, 4, 4, 5]);
  for (let each = 0; each < count; each++) {
    const length = chance.of([1, 12, 61, 62, 63]);
    labels.push(length);
    const isOdd = chance.in(3);
    for (let at = 0; at < length; at++) labels.push(isOdd ? chance.below(256) : 0x61 + chance.below(26));
  }
  return [...labels, 0];
}

function optOf(chance: Chance): number[] {
  const size = chance.of([0, 100, 512, 513, 1232, 4096, 65_535]);
  const version = chance.in(8) ? chance.below(3) : 0;
  const dnssec = chance.in(4) ? 0x80 : 0;
  const options = chance.in(3) ? [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8] : chance.in(6) ? [0, 3, 0, 0] : [];
  return [0, 0, 41, size >> 8, size & 0xff, 0, version, dnssec, 0, 0, options.length, ...options];
}

/** Changes some messages so that they are none: cut off, with bytes changed, with bytes behind them. */
function damaged(chance: Chance, message: Uint8Array): Uint8Array {
  if (!chance.in(8)) return message;
  switch (chance.below(3)) {
    case 0:
      return message.subarray(0, 2 + chance.below(message.length - 1));
    case 1: {
      const changed = message.slice();
      for (let times = 1 + chance.below(3); times > 0; times--) {
        changed[2 + chance.below(changed.length - 2)] = chance.below(256);
      }
      return changed;
    }
    default:
      return Uint8Array.from([
        ...message,
        ...Array.from({ length: 1 + chance.below(20) }, () => chance.below(256)),
      ]);
  }
}
