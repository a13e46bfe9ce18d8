import { expect, it } from "vitest";
import { base64 } from "../base64.js";
import { parseDetachKeys } from "./detach-keys.js";

it("reads keys and shows them as JSON shows bytes", () => {
  expect(base64(parseDetachKeys("ctrl-p,ctrl-q"))).toBe("EBE=");
  expect(base64(parseDetachKeys("ctrl-@,a,ctrl-_"))).toBe("AGEf");
  expect(base64(parseDetachKeys(""))).toBe("");
});

it("refuses what is no key", () => {
  expect(() => parseDetachKeys("ctrl-zz")).toThrow("Invalid escape keys (ctrl-zz) provided");
});
