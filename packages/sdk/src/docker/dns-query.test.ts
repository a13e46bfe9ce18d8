import { type DnsMessage, type DnsRecord, decodeMessage, encodeMessage } from "@dryharbor/kernel/dns-message";
import { describe, expect, it } from "vitest";
import { UsageError } from "../errors.js";
import { answerOf, queryMessage } from "./dns-query.js";

function reply(part: Partial<DnsMessage>): Uint8Array {
  return encodeMessage({ ...decodeMessage(queryMessage({ name: "web" }, 1)), response: true, ...part });
}

const owner = { name: "web", class: 1, ttl: 600 };
const a = (address: string): DnsRecord => ({ ...owner, type: "A", address });

describe("a query", () => {
  it("asks for an address by a name", () => {
    const message = decodeMessage(queryMessage({ name: "Web.Backend." }, 7));
    expect(message).toMatchObject({ id: 7, response: false, recursionDesired: true });
    expect(message.questions).toEqual([{ name: "Web.Backend", type: "A", class: 1 }]);
  });

  it("asks for a name by an address", () => {
    const { questions } = decodeMessage(queryMessage({ name: "10.0.0.2", type: "PTR" }, 7));
    expect(questions).toEqual([{ name: "2.0.0.10.in-addr.arpa", type: "PTR", class: 1 }]);
  });

  it.each([
    [{ name: "web", type: "PTR" } as const, /takes an IPv4 or IPv6 address, not "web"/],
    [{ name: "f".repeat(64) }, /label of more than 63 bytes/],
    [{ name: "a..b" }, /empty label/],
  ])("is refused where DNS cannot ask it: %j", (query, reason) => {
    expect(() => queryMessage(query, 0)).toThrow(UsageError);
    expect(() => queryMessage(query, 0)).toThrow(reason);
  });
});

describe("an answer", () => {
  it.each([
    [0, [a("10.0.0.3"), a("10.0.0.2")], { status: "found", records: ["10.0.0.3", "10.0.0.2"] }],
    [0, [], { status: "no-data", records: [] }],
    [0, [{ ...owner, type: "AAAA", address: "fd00::1" }], { status: "no-data", records: [] }],
    [
      0,
      [
        { ...owner, type: "CNAME", target: "db" },
        { ...owner, name: "db", type: "A", address: "10.0.0.4" },
      ],
      { status: "found", records: ["10.0.0.4"] },
    ],
    [3, [], { status: "no-such-name", records: [] }],
    [2, [], { status: "server-failure", records: [] }],
    [5, [], { status: "refused", records: [] }],
    [1, [], { status: "server-failure", records: [] }],
  ] as [number, DnsRecord[], object][])("with code %i and %j says %j", (code, answers, expected) => {
    expect(answerOf({ name: "web" }, reply({ code, answers }))).toEqual(expected);
  });

  it("gives the names of PTR records", () => {
    const answers: DnsRecord[] = [{ ...owner, type: "PTR", target: "web.my\\ net" }];
    expect(answerOf({ name: "10.0.0.2", type: "PTR" }, reply({ answers }))).toEqual({
      status: "found",
      records: ["web.my\\ net"],
    });
  });

  it("that cannot be read is a failure of the server", () => {
    expect(answerOf({ name: "web" }, Uint8Array.of(1, 2, 3)).status).toBe("server-failure");
  });
});
