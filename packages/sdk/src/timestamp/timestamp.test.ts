import { expect, it } from "vitest";
import { parseDuration } from "./duration.js";
import { parseInstant, parseUnixTime, timestampOf } from "./timestamp.js";

const now = 1_700_000_000_123_456_789n;
const clock = { now: () => now };

it.each([
  ["1h30m", now / 1_000_000_000n - 5400n],
  ["-1s", now / 1_000_000_000n + 1n],
  ["1700", 1700n],
  ["2020-01-01", 1_577_836_800n],
  ["2020-01-01T10", 1_577_872_800n],
  ["2020-01-01T10:00:00+02:00", 1_577_865_600n],
  ["0", 0n],
])("reads the instant %s", (text, seconds) => {
  expect(parseInstant(text, clock) / 1_000_000_000n).toBe(seconds);
});

it.each([
  ["zz", 'failed to parse value as time or duration: "zz"'],
  ["2020-13-01", 'parsing time "2020-13-01": month out of range'],
  ["2020-02-30", 'parsing time "2020-02-30": day out of range'],
  ["2020-1-1", 'parsing time "2020-1-1" as "2006-01-02": cannot parse "1-1" as "01"'],
])("says why it cannot read the instant %s", (text, message) => {
  expect(() => parseInstant(text, clock)).toThrow(message);
});

it("reads fractions of Unix seconds as nanoseconds", () => {
  expect(parseUnixTime("1.5")).toBe(1_500_000_000n);
  expect(parseUnixTime("1.000000001")).toBe(1_000_000_001n);
  expect(() => parseUnixTime("1.zz")).toThrow('strconv.ParseInt: parsing "zz": invalid syntax');
});

it.each([
  ["10m", "1699999400"],
  ["2020-01-01T10:00:00.5Z", "1577872800.500000000"],
  ["1969-12-31T23:59:59.5Z", "-1.500000000"],
  ["12.5", "12.5"],
])("sends the moment %s to the engine as %s", (text, sent) => {
  expect(timestampOf(text, clock)).toBe(sent);
});

it.each([
  ["1h30m", 5_400_000_000_000n],
  ["-1.5s", -1_500_000_000n],
  [".5ms", 500_000n],
  ["2\u00b5s", 2000n],
  ["0", 0n],
])("reads the span of time %s", (text, nanoseconds) => {
  expect(parseDuration(text)).toBe(nanoseconds);
});

it.each([
  ["", 'time: invalid duration ""'],
  ["x", 'time: invalid duration "x"'],
  [".s", 'time: invalid duration ".s"'],
  ["5", 'time: missing unit in duration "5"'],
  ["1d", 'time: unknown unit "d" in duration "1d"'],
  ["1h-1m", 'time: unknown unit "h-" in duration "1h-1m"'],
])("says why %j is no span of time", (text, message) => {
  expect(() => parseDuration(text)).toThrow(message);
});
