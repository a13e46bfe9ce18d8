import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressText } from "./address.js";
import { DnsMessageError } from "./error.js";
import { type DnsMessage, decodeMessage, encodeMessage } from "./message.js";
import { nameFromText } from "./name.js";
import { typeNumbers } from "./numbers.js";
import { type DnsRecord, typeFromNumber } from "./record.js";

const u8 = fc.nat(0xff);
const u16 = fc.nat(0xffff);
const u32 = fc.nat(0xffff_ffff);
const bytes = fc.uint8Array({ maxLength: 40 });
/**
 * Labels. Few letters make names share their ends, so that they are compressed. Other characters need
 * escapes.
 */
const label = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 3 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
);
const name = fc.array(label, { maxLength: 4 }).map((labels) => labels.map(escaped).join("."));
const typeNumber = u16.filter((number) => typeof typeFromNumber(number) === "number");

function escaped(label: string): string {
  return nameFromText(label.replaceAll(".", "-"));
}

const data = fc.oneof(
  fc.record({
    type: fc.constant("A" as const),
    address: fc.uint8Array({ minLength: 4, maxLength: 4 }).map(addressText),
  }),
  fc.record({
    type: fc.constant("AAAA" as const),
    address: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(addressText),
  }),
  fc.record({ type: fc.constantFrom("NS" as const, "CNAME" as const, "PTR" as const), target: name }),
  fc.record({ type: fc.constant("MX" as const), preference: u16, exchange: name }),
  fc.record({ type: fc.constant("TXT" as const), texts: fc.array(bytes, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("SRV" as const), priority: u16, weight: u16, port: u16, target: name }),
  fc.record({
    type: fc.constant("SOA" as const),
    primary: name,
    mailbox: name,
    serial: u32,
    refresh: u32,
    retry: u32,
    expire: u32,
    minimum: u32,
  }),
  fc.record({ type: typeNumber, data: bytes }),
);
const record: fc.Arbitrary<DnsRecord> = fc.oneof(
  fc
    .tuple(fc.record({ name, class: u16, ttl: u32 }), data)
    .map(([owner, said]): DnsRecord => ({ ...owner, ...said })),
  fc.record({
    type: fc.constant("OPT" as const),
    udpPayloadSize: u16,
    extendedCode: u8,
    version: u8,
    dnssecOk: fc.boolean(),
    options: fc.array(fc.record({ code: u16, data: bytes }), { maxLength: 2 }),
  }),
);
const records = fc.array(record, { maxLength: 4 });
const message: fc.Arbitrary<DnsMessage> = fc.record({
  id: u16,
  response: fc.boolean(),
  opcode: fc.nat(15),
  authoritative: fc.boolean(),
  truncated: fc.boolean(),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  authenticData: fc.boolean(),
  checkingDisabled: fc.boolean(),
  code: fc.nat(15),
  questions: fc.array(
    fc.record({
      name,
      type: fc.oneof(fc.constantFrom("A" as const, "PTR" as const), typeNumber),
      class: u16,
    }),
    { maxLength: 2 },
  ),
  answers: records,
  authorities: records,
  additionals: records,
});

const empty: DnsMessage = {
  id: 0,
  response: true,
  opcode: 0,
  authoritative: false,
  truncated: false,
  recursionDesired: true,
  recursionAvailable: true,
  authenticData: false,
  checkingDisabled: false,
  code: 0,
  questions: [],
  answers: [],
  authorities: [],
  additionals: [],
};

/** Makes a message with one question, whose name is `nameBytes`. */
function asked(...nameBytes: number[]): Uint8Array {
  return Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...nameBytes, 0, 1, 0, 1);
}

function decodedOrRefused(input: Uint8Array): void {
  try {
    decodeMessage(input);
  } catch (error) {
    expect(error).toBeInstanceOf(DnsMessageError);
  }
}

describe("DNS messages", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(decodeMessage(encodeMessage(sent))).toEqual(sent);
      }),
    );
  });

  it("are read or refused, whatever bytes come", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), decodedOrRefused), { numRuns: 1000 });
  });

  it("are read or refused, whatever byte of theirs is changed", () => {
    fc.assert(
      fc.property(message, fc.nat(), u8, (sent, place, byte) => {
        const bytes = encodeMessage(sent);
        bytes[place % bytes.length] = byte;
        decodedOrRefused(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it("are refused where they are cut off", () => {
    fc.assert(
      fc.property(message, fc.nat(), (sent, at) => {
        const bytes = encodeMessage(sent);
        expect(() => decodeMessage(bytes.subarray(0, at % bytes.length))).toThrow(DnsMessageError);
      }),
    );
  });

  it("say a name once, and point to it from then on", () => {
    const answers = ["10.0.0.1", "10.0.0.2"].map((address) => ({
      name: "web.backend",
      class: 1,
      ttl: 600,
      type: "A" as const,
      address,
    }));
    const bytes = encodeMessage({
      ...empty,
      questions: [{ name: "db.backend", type: "A", class: 1 }],
      answers,
    });
    // The parts: the header; db.backend with type and class; web with a pointer to backend; a pointer to
    // web.backend.
    expect(bytes.length).toBe(12 + (12 + 4) + (4 + 2 + 14) + (2 + 14));
    expect(decodeMessage(bytes).answers).toEqual(answers);
  });

  it("never compress the target of SRV", () => {
    const answer = {
      name: "a.b",
      class: 1,
      ttl: 0,
      type: "SRV" as const,
      priority: 0,
      weight: 0,
      port: 1,
      target: "a.b",
    };
    expect(encodeMessage({ ...empty, answers: [answer] }).length).toBe(12 + 5 + 10 + 6 + 5);
  });

  it("point only to the first 16 KiB", () => {
    const answers = Array.from({ length: 2000 }, (_, index): DnsRecord => {
      return { name: `n${index}.x`, class: 1, ttl: 0, type: "PTR", target: `n${index}.x` };
    });
    expect(decodeMessage(encodeMessage({ ...empty, answers })).answers).toEqual(answers);
  });

  it.each([
    ["points to itself", asked(0xc0, 12), /points from 12 forward to 12/],
    ["points forward", asked(0xc0, 14, 0), /points from 12 forward to 14/],
    ["points into its own middle again and again", asked(1, 97, 0xc0, 12), /points from 12 forward to 12/],
    ["has a label of a reserved length", asked(0x80, 0), /reserved length 128/],
    [
      "is too long",
      asked(...new Array(4).fill([63, ...new Array(63).fill(97)]).flat(), 0),
      /longer than 255/,
    ],
    ["does not end", asked(60, 97), /60 bytes expected/],
  ])("are refused where a name %s", (_, bytes, reason) => {
    expect(() => decodeMessage(bytes)).toThrow(DnsMessageError);
    expect(() => decodeMessage(bytes)).toThrow(reason);
  });

  it.each<[string, Partial<DnsMessage>]>([
    ["a label of 64 bytes", { questions: [{ name: "a".repeat(64), type: "A", class: 1 }] }],
    ["a name of 256 bytes", { questions: [{ name: `${"a.".repeat(127)}b`, type: "A", class: 1 }] }],
    ["an empty label", { questions: [{ name: "a..b", type: "A", class: 1 }] }],
    ["half an escape", { questions: [{ name: "a\\", type: "A", class: 1 }] }],
    ["an escape beyond a byte", { questions: [{ name: "\\256", type: "A", class: 1 }] }],
    ["a bad address", { answers: [{ name: "a", class: 1, ttl: 0, type: "A", address: "1.2.3.256" }] }],
    ["an id of 17 bits", { id: 0x1_0000 }],
    ["a code of 5 bits", { code: 16 }],
    ["a negative ttl", { answers: [{ name: "a", class: 1, ttl: -1, type: 99, data: new Uint8Array() }] }],
    [
      "more than 64 KiB",
      { answers: [{ name: "a", class: 1, ttl: 0, type: 99, data: new Uint8Array(65530) }] },
    ],
  ])("are not written with %s", (_, part) => {
    expect(() => encodeMessage({ ...empty, ...part })).toThrow(DnsMessageError);
  });

  it("are refused where a record says less or more than its length", () => {
    const bytes = encodeMessage({
      ...empty,
      answers: [{ name: "", class: 1, ttl: 0, type: "A", address: "1.2.3.4" }],
    });
    for (const [length, reason] of [
      [3, /4 bytes expected/],
      [5, /5 bytes expected/],
    ] as const) {
      const changed = bytes.slice();
      changed[22] = length;
      expect(() => decodeMessage(changed)).toThrow(reason);
    }
    const longer = Uint8Array.of(...bytes, 0);
    longer[22] = 5;
    expect(() => decodeMessage(longer)).toThrow(/longer than what it says/);
  });

  it("carry types that have no name here as they are", () => {
    const https = { name: "a", class: 1, ttl: 5, type: 65, data: Uint8Array.of(0, 1, 0) };
    expect(decodeMessage(encodeMessage({ ...empty, answers: [https] })).answers).toEqual([https]);
    expect(Object.values(typeNumbers)).not.toContain(65);
  });
});

describe("names", () => {
  it.each([
    ["web.backend.", "web.backend"],
    ["a b", "a\\ b"],
    ["héllo", "h\\195\\169llo"],
    ["a\\b", "a\\\\b"],
    ["", ""],
  ])("from the text %j are %j", (text, expected) => {
    expect(nameFromText(text)).toBe(expected);
  });

  it("may end in a dot, and in an escaped one", () => {
    const asks = (name: string) =>
      decodeMessage(encodeMessage({ ...empty, questions: [{ name, type: "A", class: 1 }] })).questions[0]!
        .name;
    expect(asks("a.b.")).toBe("a.b");
    expect(asks("a\\.")).toBe("a\\.");
    expect(asks("a\\\\.")).toBe("a\\\\");
    expect(asks(".")).toBe("");
    expect(asks("\\097.b")).toBe("a.b");
  });
});
