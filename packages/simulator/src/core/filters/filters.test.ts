import { expect, it } from "vitest";
import { ask } from "../../../test/ask.js";
import { createSimulator } from "../../simulator.js";
import { release } from "../releases/release.js";
import { matchesLabels, matchesPattern } from "./match.js";
import { parseInstant, parseUnixTime } from "./timestamp.js";
import { readUntil } from "./until.js";

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

it("takes one until only", () => {
  const two = { until: ["1h", "2h"] };
  expect(() => readUntil(release("28.5"), clock, two)).toThrow("more than one until filter specified");
});

it("matches names by unanchored expressions, and those that do not compile match nothing", () => {
  expect(matchesPattern(release("28.5"), { name: ["al.ha"] }, "name", "alphabet")).toBe(true);
  expect(matchesPattern(release("28.5"), { name: ["["] }, "name", "alphabet")).toBe(false);
  expect(matchesPattern(release("28.5"), { name: [] }, "name", "alphabet")).toBe(true);
});

it("wants all labels, with an empty value only where it says so", () => {
  expect(matchesLabels({ label: ["a", "b="] }, "label", { a: "1", b: "" })).toBe(true);
  expect(matchesLabels({ label: ["a="] }, "label", { a: "1" })).toBe(false);
  expect(matchesLabels({ label: ["toString"] }, "label", {})).toBe(false);
});

// Seen on 20.10 and 28.5.
it("a prune by a `label!` without values spares everything", async () => {
  await using simulator = createSimulator();
  const { engine } = simulator;
  await engine.containers.create({ Image: "busybox" }, { name: "web" });
  await engine.networks.create({ Name: "net" });
  await ask(simulator, "POST /volumes/create", {});
  await ask(simulator, "POST /commit?container=web", {});
  const pruned = async (what: string) => {
    const filters = encodeURIComponent('{"label!":[]}');
    const { body } = await ask(simulator, `POST /${what}/prune?filters=${filters}`);
    return Object.values(JSON.parse(body as string))[0] ?? [];
  };
  for (const what of ["containers", "images", "networks", "volumes"]) {
    expect(await pruned(what), what).toEqual([]);
  }
});
