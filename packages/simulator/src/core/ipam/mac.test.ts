import { describe, expect, it } from "vitest";
import { seededRandom } from "../random.js";
import { release } from "../releases/release.js";
import { endpointMac, isMac } from "./mac.js";

describe("a MAC address", () => {
  it.each([
    "02:42:ac:11:00:09",
    "02-42-AC-11-00-09",
    "0242.ac11.0009",
    "02:42:ac:11:00:09:01:02",
    "0242.ac11.0009.0102",
    "00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01",
  ])("%s is read", (text) => {
    expect(isMac(text)).toBe(true);
  });

  it.each([
    "",
    "zz",
    "02:42:ac:11:00",
    "02:42:ac-11-00-09",
    "2:42:ac:11:00:09",
    "02:42:ac:11:00:0g",
    "0242ac110009",
    "02:42:ac:11:00:09:",
    "0242.ac11.00:09",
  ])("%j is not", (text) => {
    expect(isMac(text)).toBe(false);
  });

  it("comes from the IPv4 address until 26.1", () => {
    expect(endpointMac(release("26.1"), seededRandom(1), "10.30.0.5")).toBe("02:42:0a:1e:00:05");
  });

  it("is random, local and unicast on 28.5, and another one each time", () => {
    const random = seededRandom(1);
    const macs = Array.from({ length: 50 }, () => endpointMac(release("28.5"), random, "10.30.0.5"));
    expect(new Set(macs).size).toBe(50);
    for (const mac of macs) {
      expect(isMac(mac)).toBe(true);
      expect(Number.parseInt(mac, 16) & 3).toBe(2);
    }
  });
});
