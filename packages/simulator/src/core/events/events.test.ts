import type { EngineEvent } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { matchesEventFilters } from "./filter.js";
import { eventLog } from "./log.js";
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
    pastEvents(log, readEventWindow(clock, since, until), {}).map(({ Action }) => Action);
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
