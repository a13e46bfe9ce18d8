import { expect, it } from "vitest";
import { humanDuration } from "./duration.js";

const hour = 3600;

it.each([
  [0.9, "Less than a second"],
  [1, "1 second"],
  [59, "59 seconds"],
  [60, "About a minute"],
  [120, "2 minutes"],
  [0.7 * hour, "42 minutes"],
  [hour, "About an hour"],
  [1.5 * hour, "2 hours"],
  [47 * hour, "47 hours"],
  [48 * hour, "2 days"],
  [13 * 24 * hour, "13 days"],
  [14 * 24 * hour, "2 weeks"],
  [60 * 24 * hour, "2 months"],
  [730 * 24 * hour, "2 years"],
])("tells %d seconds as %s", (seconds, text) => {
  expect(humanDuration(BigInt(Math.round(seconds * 1e9)))).toBe(text);
});
