import { describe, expect, it } from "vitest";
import { defaultRoute, knownAddress, type NetworkNamespace, nextHop } from "./namespace.js";
import { parsePrefix } from "./prefix.js";

const eth0 = {
  name: "eth0",
  mac: "02:42:ac:12:00:02",
  addresses: [{ address: knownAddress("172.18.0.2"), subnet: parsePrefix("172.18.0.0/16")! }],
  index: 2,
  mtu: 1500,
  received: { bytes: 0, packets: 0 },
  sent: { bytes: 0, packets: 0 },
};
const wired: NetworkNamespace = {
  interfaces: [eth0],
  routes: [defaultRoute(knownAddress("172.18.0.1"))],
  loopback6: true,
};

describe("a packet goes", () => {
  it.each(["127.0.0.1", "127.9.9.9", "::1", "172.18.0.2"])("to the namespace itself for %s", (text) => {
    expect(nextHop(wired, knownAddress(text))).toEqual({ kind: "local" });
  });

  it("out of the interface whose subnet the address is in", () => {
    expect(nextHop(wired, knownAddress("172.18.3.4"))).toEqual({ kind: "link", interface: eth0 });
  });

  it("to the gateway for all else", () => {
    const gateway = knownAddress("172.18.0.1");
    expect(nextHop(wired, knownAddress("10.0.0.1"))).toEqual({ kind: "gateway", gateway });
  });

  it("nowhere in a family that has no route", () => {
    expect(nextHop(wired, knownAddress("fd00::1"))).toBeUndefined();
    expect(
      nextHop({ interfaces: [eth0], routes: [], loopback6: true }, knownAddress("10.0.0.1")),
    ).toBeUndefined();
  });
});
