import { expect, it } from "vitest";
import { isLinuxSignal, parseSignal, signalName } from "./signals.js";

it.each([
  ["HUP", 1],
  ["sighup", 1],
  ["SIGHUP", 1],
  ["1", 1],
  ["0", 0],
  ["-1", -1],
  ["ZZ", 0],
  ["RTMIN", 34],
  ["SIGRTMIN+15", 49],
  ["RTMIN+16", 0],
  ["RTMAX-14", 50],
  ["RTMAX+1", 0],
])("reads %s as %d", (text, number) => {
  expect(parseSignal(text)).toBe(number);
});

it("knows which numbers are signals", () => {
  expect([0, 1, 31, 32, 33, 34, 64, 65].filter(isLinuxSignal)).toEqual([1, 31, 34, 64]);
});

it("names signals", () => {
  expect([15, 9, 34, 40].map(signalName)).toEqual(["SIGTERM", "SIGKILL", "SIGRTMIN", "SIGRTMIN+6"]);
});
