import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "./address.js";
import { addressProblem, prefixProblem } from "./netip.js";
import { parsePrefix } from "./prefix.js";

const quote = (text: string) => JSON.stringify(text);

// These messages were seen where a program in Go had been given such an address of a nameserver.
const seen: Record<string, string> = {
  zz: "unable to parse IP",
  "": "unable to parse IP",
  "1.2.3": "IPv4 address too short",
  "1.2.3.4.5": "IPv4 address too long",
  "1.2.3.400": "IPv4 field has value >255",
  "1.2.3.04": "IPv4 field has octet with leading zero",
  "1.2.3.": 'IPv4 field must have at least one digit (at ".")',
  "a.b": 'unexpected character (at "a.b")',
  "1.2.3.x": 'unexpected character (at "x")',
  "12345.1.1.1": "IPv4 field has value >255",
  "1.2.3.4%e": 'unexpected character (at "%e")',
  "1.2.3.4 ": 'unexpected character (at " ")',
  "%eth0": "missing IPv6 address",
  "::g": 'each colon-separated field must have at least one digit (at "g")',
  "1:2": "address string too short",
  "fe80::1%": "zone must be a non-empty string",
  "1::2::3": 'multiple :: in address (at ":3")',
  ":1": 'each colon-separated field must have at least one digit (at ":1")',
  "1:": 'colon must be followed by more characters (at ":")',
  "12345::": 'each group must have 4 or less digits (at "12345::")',
  "1:2:3:4:5:6:7:8:9": 'trailing garbage after address (at "9")',
  "1:2:3:4:5:6:7:1.2.3.4":
    'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
  "::1.2.3": "IPv4 address too short",
  "::ffff:1.2.3.400": "IPv4 field has value >255",
  "1::2:3:4:5:6:7:8": "the :: must expand to at least one field of zeros",
  "1:2:3:4:5:6:7": "address string too short",
};

describe("addressProblem", () => {
  for (const [text, problem] of Object.entries(seen)) {
    it(`says what is wrong with "${text}"`, () => {
      expect(addressProblem(text, quote)).toBe(`ParseAddr("${text}"): ${problem}`);
    });
  }

  it("finds nothing wrong with exactly what parses", () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom("1", "0", "f", ":", ".", "::"), maxLength: 14 }),
    );
    fc.assert(
      fc.property(text, (address) => {
        expect(addressProblem(address, quote) === undefined).toBe(parseAddress(address) !== undefined);
      }),
    );
  });
});

describe("prefixProblem", () => {
  it.each([
    ["x", "netip.ParsePrefix(\"x\"): no '/'"],
    ["10.62.0.0/33", 'netip.ParsePrefix("10.62.0.0/33"): prefix length out of range'],
    ["10.0/8", 'netip.ParsePrefix("10.0/8"): ParseAddr("10.0"): IPv4 address too short'],
    ["fe80::%eth0/64", 'netip.ParsePrefix("fe80::%eth0/64"): IPv6 zones cannot be present in a prefix'],
    ["10.0.0.0/08", 'netip.ParsePrefix("10.0.0.0/08"): bad bits after slash: "08"'],
  ])("says what is wrong with %s", (text, problem) => {
    expect(prefixProblem(text, quote)).toBe(problem);
  });

  it("finds nothing wrong with exactly what parses", () => {
    const text = fc
      .tuple(
        fc.oneof(fc.ipV4(), fc.ipV6()),
        fc.constantFrom("/0", "/24", "/33", "/128", "/129", "/024", "/", ""),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (block) => {
        expect(prefixProblem(block, quote) === undefined).toBe(parsePrefix(block) !== undefined);
      }),
    );
  });
});
