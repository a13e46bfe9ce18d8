import { describe, expect, it } from "vitest";
import { addr, hardwareAddr, port, prefix } from "./text-types.js";

// What 29.7.2 said of a body with each of these texts, or the text as Go writes it, where it was taken.
const addresses: readonly (readonly [text: string, read: string])[] = [
  ["zz", 'ParseAddr("zz"): unable to parse IP'],
  ["1.2.3.4", "1.2.3.4"],
  ["1.2.3", 'ParseAddr("1.2.3"): IPv4 address too short'],
  ["1.2.3.4.5", 'ParseAddr("1.2.3.4.5"): IPv4 address too long'],
  ["1..2.3", 'ParseAddr("1..2.3"): IPv4 field must have at least one digit (at ".2.3")'],
  [".1.2.3", 'ParseAddr(".1.2.3"): IPv4 field must have at least one digit (at ".1.2.3")'],
  ["1.2.3.", 'ParseAddr("1.2.3."): IPv4 field must have at least one digit (at ".")'],
  ["01.2.3.4", 'ParseAddr("01.2.3.4"): IPv4 field has octet with leading zero'],
  ["1.2.3.400", 'ParseAddr("1.2.3.400"): IPv4 field has value >255'],
  ["1.2.3.4a", 'ParseAddr("1.2.3.4a"): unexpected character (at "a")'],
  ["1.2.é.4", 'ParseAddr("1.2.é.4"): unexpected character (at "é.4")'],
  ["%eth0", 'ParseAddr("%eth0"): missing IPv6 address'],
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["fe80::1%", 'ParseAddr("fe80::1%"): zone must be a non-empty string'],
  ["FE80:0::1", "fe80::1"],
  ["::", "::"],
  ["::1", "::1"],
  ["::ffff:1.2.3.4", "::ffff:1.2.3.4"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
  ["1:2:3:4:5:6:7:8:9", 'ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")'],
  ["1:2:3:4:5:6:7", 'ParseAddr("1:2:3:4:5:6:7"): address string too short'],
  ["1::2::3", 'ParseAddr("1::2::3"): multiple :: in address (at ":3")'],
  ["1:2:3:4:5:6:7::8", 'ParseAddr("1:2:3:4:5:6:7::8"): the :: must expand to at least one field of zeros'],
  ["::1:2:3:4:5:6:7:8", 'ParseAddr("::1:2:3:4:5:6:7:8"): the :: must expand to at least one field of zeros'],
  ["12345::", 'ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")'],
  ["g::", 'ParseAddr("g::"): each colon-separated field must have at least one digit (at "g::")'],
  ["1:2:", 'ParseAddr("1:2:"): colon must be followed by more characters (at ":")'],
  ["1:", 'ParseAddr("1:"): colon must be followed by more characters (at ":")'],
  ["1:2x", 'ParseAddr("1:2x"): unexpected character, want colon (at "x")'],
  [":1", 'ParseAddr(":1"): each colon-separated field must have at least one digit (at ":1")'],
  ["1:::2", 'ParseAddr("1:::2"): each colon-separated field must have at least one digit (at ":2")'],
  ["::1.2.3", 'ParseAddr("::1.2.3"): IPv4 address too short'],
  ["::1.2.3.4.5", 'ParseAddr("::1.2.3.4.5"): IPv4 address too long'],
  ["1.2.3.4::", 'ParseAddr("1.2.3.4::"): unexpected character (at "::")'],
  [
    "1:2:3.4.5.6",
    'ParseAddr("1:2:3.4.5.6"): embedded IPv4 address must replace the final 2 fields of the address (at "3.4.5.6")',
  ],
  ["1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"],
  [
    "1:2:3:4:5:6:7:1.2.3.4",
    'ParseAddr("1:2:3:4:5:6:7:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
  ],
  ["::1.2.3.04", 'ParseAddr("::1.2.3.04"): IPv4 field has octet with leading zero'],
  ["::1.2.3.256%x", 'ParseAddr("::1.2.3.256%x"): IPv4 field has value >255'],
  ['a"b\nc', 'ParseAddr("a\\"b\\nc"): unable to parse IP'],
  [" 1.2.3.4", 'ParseAddr(" 1.2.3.4"): unexpected character (at " 1.2.3.4")'],
  ["1.2.3.4 ", 'ParseAddr("1.2.3.4 "): unexpected character (at " ")'],
  ["1.2.3.4/24", 'ParseAddr("1.2.3.4/24"): unexpected character (at "/24")'],
];
const prefixes: typeof addresses = [
  ["foo", "netip.ParsePrefix(\"foo\"): no '/'"],
  ["10.1", "netip.ParsePrefix(\"10.1\"): no '/'"],
  ["10.1.0.0/24", "10.1.0.0/24"],
  ["10.1.0.0/", 'netip.ParsePrefix("10.1.0.0/"): bad bits after slash: ""'],
  ["10.1.0.0/-1", 'netip.ParsePrefix("10.1.0.0/-1"): bad bits after slash: "-1"'],
  ["10.1.0.0/033", 'netip.ParsePrefix("10.1.0.0/033"): bad bits after slash: "033"'],
  ["10.1.0.0/33", 'netip.ParsePrefix("10.1.0.0/33"): prefix length out of range'],
  ["10.1.0.0/128", 'netip.ParsePrefix("10.1.0.0/128"): prefix length out of range'],
  ["10.1.0.0/2x", 'netip.ParsePrefix("10.1.0.0/2x"): bad bits after slash: "2x"'],
  [
    "10.1.0.0/99999999999999999999",
    'netip.ParsePrefix("10.1.0.0/99999999999999999999"): bad bits after slash: "99999999999999999999"',
  ],
  ["/24", 'netip.ParsePrefix("/24"): ParseAddr(""): unable to parse IP'],
  ["10.1.0/24", 'netip.ParsePrefix("10.1.0/24"): ParseAddr("10.1.0"): IPv4 address too short'],
  ["fd00::/64", "fd00::/64"],
  ["fd00::1%e/64", 'netip.ParsePrefix("fd00::1%e/64"): IPv6 zones cannot be present in a prefix'],
  ["fd00::/129", 'netip.ParsePrefix("fd00::/129"): prefix length out of range'],
  ["FD00:0::/64", "fd00::/64"],
  ["1/2/3", 'netip.ParsePrefix("1/2/3"): ParseAddr("1/2"): unable to parse IP'],
  [
    "10.1.0.0/24/24",
    'netip.ParsePrefix("10.1.0.0/24/24"): ParseAddr("10.1.0.0/24"): unexpected character (at "/24")',
  ],
  ["::ffff:1.2.3.4/120", "::ffff:1.2.3.4/120"],
  ["10.1.0.0/0", "10.1.0.0/0"],
];
const macs: typeof addresses = [
  ["02:42:ac:11:00:02", "02:42:ac:11:00:02"],
  ["02-42-AC-11-00-02", "02:42:ac:11:00:02"],
  ["0242.ac11.0002", "02:42:ac:11:00:02"],
  ["0242ac110002", "02:42:ac:11:00:02"],
  ["02:42:ac:11:00", "address 02:42:ac:11:00: invalid MAC address"],
  ["02:42-ac:11:00:02", "address 02:42-ac:11:00:02: invalid MAC address"],
  ["zz", "address zz: invalid MAC address"],
  ["02:42:ac:11:00:02:03:04", "02:42:ac:11:00:02:03:04"],
  [
    "00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01",
    "00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01",
  ],
  ["", ""],
  ['x"y', 'address x"y: invalid MAC address'],
  ["02:42:ac:11:00:0", "address 02:42:ac:11:00:0: invalid MAC address"],
];
const ports: typeof addresses = [
  ["80", "80/tcp"],
  ["65536", "invalid port '65536': value out of range"],
  ["080", "80/tcp"],
  ["80/TCP", "80/tcp"],
  ["80/", "80/tcp"],
  ["/tcp", "invalid port '': value is empty"],
  ["/", "invalid port '': value is empty"],
  ["-1", "invalid port '-1': invalid syntax"],
  ["65535/udp", "65535/udp"],
  ["foo", "invalid port 'foo': invalid syntax"],
  ["80-90", "invalid port '80-90': invalid syntax"],
  ["80/tcp/udp", "80/tcp/udp"],
  [" 80", "invalid port ' 80': invalid syntax"],
  ["", ""],
  ["80/x y", "80/x y"],
  ["+80", "invalid port '+80': invalid syntax"],
];

describe.each([
  [addr, addresses],
  [prefix, prefixes],
  [hardwareAddr, macs],
  [port, ports],
] as const)("$0.type", ({ read }, texts) => {
  it.each(texts)("%s is %s", (text, expected) => {
    const answer = () => {
      try {
        return read(text);
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(answer()).toBe(expected);
  });
});
