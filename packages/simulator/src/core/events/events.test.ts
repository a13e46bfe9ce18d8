import type { EngineEvent } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { release } from "../releases/release.js";
import { matchesEventFilters } from "./filter.js";
import { eventLog } from "./log.js";
import { eventFor } from "./shown.js";
import { pastEvents, readEventWindow } from "./window.js";

const clock = { now: () => 1_700_000_000_000_000_000n };

function event(Action: string, Attributes: Record<string, string> = {}, Type = "container") {
  return () => ({ Type, Action, Actor: { ID: "abc", Attributes } });
}

it("tells events apart by their time, even as JSON numbers, and keeps the last 256", () => {
  const log = eventLog(clock);
  for (let count = 0; count < 300; count++) log.emit(event(`e${count}`));
  expect(log.past).toHaveLength(256);
  expect(new Set(log.past.map(({ timeNano }) => timeNano)).size).toBe(256);
  expect(log.past[0]?.Action).toBe("e44");
});

it("stays later than the events of a snapshot", () => {
  const before = eventLog({ now: () => 1_800_000_000_000_000_000n });
  before.emit(event("old"));
  const log = eventLog(clock, before.past);
  log.emit(event("new"));
  expect(log.past[1]?.timeNano).toBeGreaterThan(log.past[0]?.timeNano ?? 0);
});

it("calls each listener until it is gone", () => {
  const log = eventLog(clock);
  const heard: string[] = [];
  const listener = ({ Action }: EngineEvent) => heard.push(Action);
  const stop = log.subscribe(listener);
  log.subscribe(listener);
  log.emit(event("a"));
  stop();
  log.emit(event("b"));
  expect(heard).toEqual(["a", "a", "b"]);
});

it("answers with past events only where a stretch of time is asked for", () => {
  const log = eventLog(clock);
  log.emit(event("a"));
  const ask = (since: string, until: string) =>
    pastEvents(log, readEventWindow(release("28.5"), clock, since, until), {}).map(({ Action }) => Action);
  expect(ask("", "")).toEqual([]);
  expect(ask("1700000000", "")).toEqual(["a"]);
  expect(ask("1", "1699999999")).toEqual([]);
  expect(() => ask("5", "1")).toThrow("`since` time (5) cannot be after `until` time (1)");
});

it("filters by prefixes of names whatever the type, and by commands after a colon", () => {
  const log = eventLog(clock);
  log.emit(event("exec_create: sh -c true", { name: "web-1", image: "busybox:latest", tier: "front" }));
  const [happened] = log.past as [EngineEvent];
  const matches = (filters: Record<string, string[]>) => matchesEventFilters(happened, filters);
  expect(matches({ network: ["web"] })).toBe(true);
  expect(matches({ container: ["ab"] })).toBe(true);
  expect(matches({ event: ["exec_create"] })).toBe(true);
  expect(matches({ event: ["exec"] })).toBe(false);
  expect(matches({ image: ["busybox"], label: ["tier=front"] })).toBe(true);
  expect(matches({ bogus: ["x"] })).toBe(true);
  expect(matches({ type: ["network"] })).toBe(false);
});

// The answers of 29.7.2.
it.each([
  ["zz", "", `invalid value for 'since': invalid timestamp "zz": invalid seconds "zz": invalid syntax`],
  ["1", "0", "`since` time (1) cannot be after `until` time (0)"],
  [
    "1.x",
    "zz",
    `invalid value for 'since': invalid timestamp "1.x": invalid nanoseconds: invalid character 'x' at position 0`,
  ],
  [
    "",
    "1.123456789012345678901",
    `invalid value for 'until': invalid timestamp "1.123456789012345678901": invalid nanoseconds: length 21 exceeds maximum 20`,
  ],
  ["", "-5", undefined],
  ["1.", "2.", undefined],
])("29 reads since %j and until %j in words of its own", (since, until, problem) => {
  const read = () => readEventWindow(release("29"), clock, since, until);
  if (problem === undefined) expect(read()).toMatchObject({ over: true });
  else expect(read).toThrow(expect.objectContaining({ status: 400, message: problem }));
});

it("29 puts older fields back for clients of API versions before 1.52, and sorts all", () => {
  const log = eventLog(clock);
  log.emit(() => ({
    status: "destroy",
    id: "abc",
    from: "busybox",
    ...event("destroy", { image: "busybox" })(),
  }));
  log.emit(event("create", { name: "net" }, "network"));
  log.emit(event("create", { name: "busybox" }, "image"));
  const shown = (apiVersion: string) =>
    log.past.map((each) => JSON.stringify(eventFor(release("29"), each, apiVersion)));
  const rest = '"scope":"local","time":1700000000,"timeNano":1700000000000';
  const [container, network, image] = shown("1.52");
  expect(container).toMatch(
    `{"Type":"container","Action":"destroy","Actor":{"ID":"abc","Attributes":{"image":"busybox"}},${rest}`,
  );
  const [older, same, noImage] = shown("1.45");
  expect(older).toMatch(
    '{"Action":"destroy","Actor":{"Attributes":{"image":"busybox"},"ID":"abc"},"Type":"container",' +
      '"from":"busybox","id":"abc","scope":"local","status":"destroy","time":1700000000,"timeNano":17',
  );
  expect([same, noImage]).toEqual([network, undefined]);
  expect(image).toContain('"Type":"image"');
});
