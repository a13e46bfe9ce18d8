import { createSimulator, releaseNames, virtualTime } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { cases } from "../lab/stops/cases.js";
import { expected, outcomeOf } from "../lab/stops/stop-case.js";

describe.each(releaseNames)("on %s a container that is stopped", (release) => {
  it.each(cases.map((each) => [each.name, each] as const))("%s", async (_, each) => {
    const time = virtualTime();
    await using simulator = createSimulator({ release, time });
    const outcome = await outcomeOf(simulator.engine, each, (milliseconds) => time.advance(milliseconds));
    expect(outcome).toEqual(expected(each, release));
  });
});
