import { allCapabilities, capabilitySet } from "@dryharbor/kernel";
import { expect, it } from "vitest";
import { capabilitiesOf } from "./capabilities.js";

const hex = (host: Parameters<typeof capabilitiesOf>[0]) => capabilitiesOf(host).toString(16);

// What `CapBnd` of /proc/self/status said on 26.1 and 28.5.
it("has docker's fourteen capabilities, and what is added and dropped", () => {
  expect(hex({})).toBe("a80425fb");
  expect(hex({ CapAdd: ["NET_ADMIN"] })).toBe("a80435fb");
  expect(hex({ CapDrop: ["ALL"] })).toBe("0");
  expect(hex({ CapDrop: ["all"], CapAdd: ["cap_chown"] })).toBe("1");
  expect(hex({ CapDrop: ["CHOWN", "CAP_CHOWN"] })).toBe("a80425fa");
});

it("has all of them where a container is privileged, whatever is dropped", () => {
  expect(capabilitiesOf({ Privileged: true, CapDrop: ["ALL"] })).toBe(allCapabilities);
  expect(capabilitiesOf({ CapAdd: ["ALL"], CapDrop: ["CHOWN"] })).toBe(
    allCapabilities - capabilitySet(["chown"]),
  );
});
