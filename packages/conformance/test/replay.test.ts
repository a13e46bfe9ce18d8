import type { ReleaseName } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { labSimulator } from "../lab/simulator.js";
import { keptTraces } from "../lab/traces.js";
import { disposable, replay, showCounterexample } from "../src/index.js";

// Traces that `pnpm parity -- --record` wrote, and one for every disagreement that was ever found.
for (const shelf of ["recorded", "regressions"] as const) {
  const traces = await keptTraces(shelf);
  describe.runIf(traces.size > 0)(`the simulator does as real engines did: ${shelf}`, () => {
    it.each([...traces])("%s", async (_, trace) => {
      const simulator = disposable(() => labSimulator(trace.release as ReleaseName));
      const { commands, disagreements } = await replay(trace, simulator).finally(() => simulator.done());
      const done = trace.steps.slice(0, commands).map(({ command }) => command);
      expect(disagreements, showCounterexample({ commands: done, disagreements })).toEqual([]);
    });
  });
}
