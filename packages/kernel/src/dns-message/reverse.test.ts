import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressBytes, addressText } from "./address.js";
import { addressOfReverseName, reverseName } from "./reverse.js";

const address = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }),
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
  // Many zeros, to test the short form.
  fc
    .array(fc.constantFrom(0, 0, 0, 1), { minLength: 16, maxLength: 16 })
    .map((bytes) => Uint8Array.from(bytes)),
);

describe("addresses", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(address, (bytes) => {
        expect(addressBytes(addressText(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ["FD00:0:0:0:0:0:0:1", "fd00::1"],
    ["::", "::"],
    ["1::", "1::"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:3:0:0:4", "1::2:3:0:0:4"],
    ["::ffff:10.0.0.1", "::ffff:10.0.0.1"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
  ])("%s is written %s", (given, short) => {
    expect(addressText(addressBytes(given)!)).toBe(short);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "1:2",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "g::",
    "12345::",
    "1.2.3.4::",
    "fe80::1%eth0",
    "web",
  ])("%j is none", (text) => {
    expect(addressBytes(text)).toBeUndefined();
  });
});

describe("reverse names", () => {
  it("lead back to their address", () => {
    fc.assert(
      fc.property(address.map(addressText), (text) => {
        expect(addressOfReverseName(reverseName(text)!)).toBe(text);
      }),
    );
  });

  it("are those of RFC 1035 and RFC 3596", () => {
    expect(reverseName("10.0.0.2")).toBe("2.0.0.10.in-addr.arpa");
    expect(reverseName("fd00::1")).toBe(`1.${"0.".repeat(29)}d.f.ip6.arpa`);
    expect(reverseName("web")).toBeUndefined();
    expect(addressOfReverseName("2.0.0.10.IN-ADDR.ARPA.")).toBe("10.0.0.2");
  });

  it.each([
    "in-addr.arpa",
    "0.10.in-addr.arpa",
    "5.2.0.0.10.in-addr.arpa",
    "256.0.0.10.in-addr.arpa",
    "1.ip6.arpa",
    "web",
  ])("%s is that of no whole address", (name) => {
    expect(addressOfReverseName(name)).toBeUndefined();
  });
});
