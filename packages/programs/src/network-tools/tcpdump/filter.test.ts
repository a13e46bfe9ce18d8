import { describe, expect, it } from "vitest";
import { readFilter } from "./filter.js";
import { frameOf } from "./frame.js";
import { viewOf } from "./view.js";

const names = {
  host: async (name: string) => (name === "web" ? ["10.0.0.2", "fd00::2"] : []),
  port: (name: string) => (name === "http" ? 80 : undefined),
};

const frame = frameOf({
  time: 0n,
  device: "eth0",
  direction: "out",
  frame: { source: "02:42:00:00:00:01", destination: "02:42:00:00:00:02" },
  packet: {
    protocol: "tcp",
    family: 4,
    source: { address: "10.0.0.1", port: 40_000 },
    destination: { address: "10.0.0.2", port: 80 },
    ttl: 64,
    identification: 1,
    dontFragment: true,
    flags: "S.",
    sequence: 1,
    acknowledgement: 2,
    window: 3,
    options: { segmentSize: 1460, windowScale: 7, times: { value: 1, echo: 0 } },
    data: new Uint8Array(),
  },
});

const shows = async (text: string) => (await readFilter(text, names))(viewOf(frame, "out"));

describe("a filter", () => {
  it.each([
    "",
    "tcp",
    "ip and not udp",
    "port http",
    "tcp dst port 80",
    "src 10.0.0.1 and dst host web",
    "host 10.9.9.9 or 10.0.0.2",
    "net 10.0.0.0/24",
    "src net 10.0 and dst portrange 79-81",
    "tcp[tcpflags] & (tcp-syn|tcp-ack) == (tcp-syn|tcp-ack)",
    "(tcp[13] & 2) != 0",
    "tcp[2:2] = 80",
    "ip[8] == 64 && ip[9] = 6",
    "udp or tcp and src 10.0.0.1",
    "not (udp or icmp)",
    "greater 70 and less 80",
    "ether src 02:42:0:0:0:1",
    "ip proto 6",
    "outbound",
  ])("shows the segment: %s", async (text) => {
    expect(await shows(text)).toBe(true);
  });

  // `and` and `or` bind alike, so the last one is (tcp or udp) and udp.
  it.each([
    "arp",
    "udp",
    "src port 80",
    "src web",
    "tcp[tcpflags] & tcp-rst != 0",
    "ip6",
    "inbound",
    "tcp or udp and udp",
  ])("does not show the segment: %s", async (text) => {
    expect(await shows(text)).toBe(false);
  });

  it.each([
    ["foo", "can't parse filter expression: syntax error"],
    ["tcp and", "can't parse filter expression: syntax error"],
    ["port zork", "unknown port 'zork'"],
    ["host nobody", "unknown host 'nobody'"],
    ["net 10.0.0.1/8", 'non-network bits set in "10.0.0.1/8"'],
    ["tcp[0:3] = 1", "data size must be 1, 2, or 4"],
  ])("is refused: %s", async (text, message) => {
    await expect(readFilter(text, names)).rejects.toThrow(message);
  });
});
