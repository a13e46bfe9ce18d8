import { expect, it } from "vitest";
import { ask } from "../../../test/ask.js";
import { createSimulator } from "../../simulator.js";
import { release } from "../releases/release.js";
import { matchesLabels, matchesPattern } from "./match.js";
import { readUntil } from "./until.js";

const now = 1_700_000_000_123_456_789n;
const clock = { now: () => now };

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
