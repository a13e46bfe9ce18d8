import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Address, formatAddress, parseAddress, parseIP } from "./address.js";
import { contains, formatPrefix, masked, overlaps, type Prefix, parseCIDR, parsePrefix } from "./prefix.js";

const ipv4 = fc.bigInt(0n, (1n << 32n) - 1n).map((value): Address => ({ family: 4, value }));
/** IPv6 addresses. Each group is drawn separately, so that runs of zeros are common. */
const ipv6 = fc
  .array(fc.oneof(fc.constant(0n), fc.bigInt(0n, 0xffffn)), { minLength: 8, maxLength: 8 })
  .map(
    (groups): Address => ({ family: 6, value: groups.reduce((value, group) => (value << 16n) | group, 0n) }),
  );
const address = fc.oneof(ipv4, ipv6);
const prefix = address.chain((address) =>
  fc.nat(address.family === 4 ? 32 : 128).map((bits): Prefix => ({ address, bits })),
);

describe("addresses", () => {
  it("are read back as they were written", () => {
    fc.assert(
      fc.property(address, (address) => {
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
    fc.assert(
      fc.property(prefix, (prefix) => {
        expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix);
      }),
    );
  });

  it.each([
    ["FD00:1::0:7", "fd00:1::7"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:0:0:3:4", "1::2:0:0:3:4"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["64:ff9b::192.168.0.1", "64:ff9b::c0a8:1"],
    ["::ffff:10.1.0.9", "::ffff:10.1.0.9"],
  ])("%s is written %s, as Go does", (text, written) => {
    expect(formatAddress(parseAddress(text) as Address)).toBe(written);
  });

  it.each([
    "",
    "zz",
    "10.1.0",
    "10.1.0.256",
    "010.1.0.1",
    "1.2.3.4.5",
    " 10.1.0.1",
    "10.1.0.1/24",
    ":::",
    "1::2::3",
    "fd00:12345::",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8::",
    "1.2.3.4::",
    "::1.2.3.4:5",
    ":1::",
    "fe80::1%eth0",
    "١.2.3.4",
  ])("%j is none", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("written as IPv4-mapped are IPv4 to net.ParseIP only", () => {
    expect(parseAddress("::ffff:10.1.0.9")?.family).toBe(6);
    expect(parseIP("::ffff:10.1.0.9")).toEqual(parseIP("10.1.0.9"));
  });
});

describe("blocks", () => {
  it.each([
    "10.1.0.0",
    "10.1.0.0/",
    "10.1.0.0/33",
    "10.1.0.0/-1",
    "10.1.0.0/+24",
    "10.1.0/24",
    "fd00::/129",
    "10.1.0.0/24/24",
  ])("%j is none", (text) => {
    expect(parsePrefix(text)).toBeUndefined();
    expect(parseCIDR(text)).toBeUndefined();
  });

  it("may have leading zeros in their length for net.ParseCIDR only", () => {
    expect(parsePrefix("10.1.0.0/024")).toBeUndefined();
    expect(parseCIDR("10.1.0.0/024")?.bits).toBe(24);
  });

  it("hold their own addresses, and overlap exactly where one holds the other's first address", () => {
    fc.assert(
      fc.property(prefix, (prefix) => {
        expect(contains(prefix, prefix.address)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(prefix, prefix, (a, b) => {
        const nested = contains(a, masked(b).address) || contains(b, masked(a).address);
        expect(overlaps(a, b)).toBe(nested);
      }),
    );
  });
});
