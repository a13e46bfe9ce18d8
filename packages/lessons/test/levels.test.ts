// Every level is played headless, on all releases: its start does not solve it, its solution does, its steps go as they
// say, and what it predicts is what happens.
import { describe, expect, it } from "vitest";
import { findLevel, levels } from "../src/content/index.js";
import { levelReleases, Session, walk } from "../src/index.js";
import { followSteps, missingOf } from "./play-level.js";
import { openSimulated } from "./simulated.js";

describe.each(levelReleases)("on a simulated %s", (release) => {
  const played = levels.filter((level) => level.releases.includes(release));
  const options = { open: openSimulated, release, find: findLevel, patience: 10_000 };

  it.for(played)("$id is not solved at its start, goes as it says, and is solved by its steps", async (level) => {
    await using session = await Session.open({ ...options, level });
    expect(await missingOf(session)).not.toEqual([]);
    expect(await followSteps(session)).toEqual([]);
    expect(await missingOf(session)).toEqual([]);
  });

  // Of most levels the solution is what the steps do, which the test above has played.
  const shorter = played.filter((level) => JSON.stringify(level.solution) !== JSON.stringify(walk(level)));
  it.for(shorter)("$id is solved by its solution", async (level) => {
    await using session = await Session.open({ ...options, level });
    for (const { command, typed } of level.solution) await session.perform(command, typed);
    expect(await missingOf(session)).toEqual([]);
  });
});

describe("the levels", () => {
  it("have ids of their own, and lead from the first to the last", () => {
    expect(new Set(levels.map(({ id }) => id)).size).toBe(levels.length);
    expect(levels.slice(0, -1).map(({ next }) => next)).toEqual(levels.slice(1).map(({ id }) => id));
    expect(levels.at(-1)!.next).toBeUndefined();
  });

  it("have a hint, an afterword, and a check for each right answer", () => {
    for (const { hints, afterword, steps } of levels) {
      expect(hints.length).toBeGreaterThan(0);
      expect(afterword.length).toBeGreaterThan(0);
      const right = steps.flatMap(({ predict }) => predict?.choices.filter((choice) => choice.right) ?? []);
      for (const { check } of right) expect(check.length).toBeGreaterThan(0);
    }
  });
});
