import { type ReleaseName, releaseNames } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { askSimulator } from "../lab/builds/ask.js";
import { cases } from "../lab/builds/cases.js";
import { outcomeOf } from "../lab/builds/outcome.js";
import { recordedBuilds, recordedFor } from "../lab/builds/recorded.js";
import { labMachine } from "../lab/simulator.js";

const recorded = await recordedBuilds();

describe.each(releaseNames)("on %s a build", (release: ReleaseName) => {
  it.each(cases.map((each) => [each.name, each] as const))("of %s", async (name, each) => {
    await using simulator = labMachine(release);
    expect(await outcomeOf(askSimulator(simulator), each)).toEqual(recordedFor(recorded, name, release));
  });
});
