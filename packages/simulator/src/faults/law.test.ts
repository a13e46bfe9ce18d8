import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../simulator.js";
import type { Snapshot } from "../snapshot/snapshot.js";
import type { Often } from "./fault.js";
import { isSpent, type Met, meet, unmet } from "./law.js";

const often: fc.Arbitrary<Often> = fc.record(
  {
    times: fc.integer({ min: 1, max: 5 }),
    each: fc.integer({ min: 1, max: 5 }),
    probability: fc.double({ min: 0.05, max: 1, noNaN: true }),
  },
  { requiredKeys: [] },
);

/** Meets a fault this many times. Returns the numbers of those that struck, from 1. */
function strikes(law: Often, count: number, seed: number): number[] {
  let met: Met = unmet(seed, 1);
  const struck: number[] = [];
  for (let time = 1; time <= count; time++) {
    const { strikes, after } = meet(law, met);
    if (strikes) struck.push(time);
    // What is stored goes on as it was.
    met = JSON.parse(JSON.stringify(after)) as Met;
    expect(isSpent(law, met)).toBe(law.times !== undefined && struck.length === law.times);
  }
  return struck;
}

describe("when a fault strikes", () => {
  it("is each n-th time, and so many times at most", () => {
    fc.assert(
      fc.property(often, fc.integer({ min: 0, max: 60 }), fc.integer(), (law, count, seed) => {
        const { times = Number.POSITIVE_INFINITY, each = 1, probability } = law;
        const due = Array.from({ length: count }, (_, at) => at + 1).filter((time) => time % each === 0);
        const struck = strikes(law, count, seed);
        if (probability === undefined || probability === 1) expect(struck).toEqual(due.slice(0, times));
        expect(struck.length).toBeLessThanOrEqual(times);
        expect(struck.every((time) => due.includes(time))).toBe(true);
        expect(strikes(law, count, seed)).toEqual(struck);
      }),
    );
  });

  it("is as often as its probability says", () => {
    for (const probability of [0.1, 0.5, 0.9]) {
      const share = strikes({ probability }, 10_000, 7).length / 10_000;
      // Four standard deviations.
      expect(Math.abs(share - probability)).toBeLessThan(
        4 * Math.sqrt((probability * (1 - probability)) / 10_000),
      );
    }
  });

  it("is not otherwise for a simulator that is saved and restored in the middle", async () => {
    const calls = fc.array(fc.constantFrom("networks", "containers", "save"), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(fc.array(often, { minLength: 1, maxLength: 3 }), calls, async (laws, steps) => {
        const outcomes = async (saves: boolean): Promise<unknown[]> => {
          let simulator = createSimulator();
          for (const [at, law] of laws.entries()) {
            const call = at === 1 ? "containers.list" : "networks.list";
            await simulator.faults.add({ call, ...law, error: { status: 500, message: `${at}` } });
          }
          const seen: unknown[] = [];
          for (const step of steps) {
            if (step === "save") {
              if (!saves) continue;
              const snapshot = JSON.parse(JSON.stringify(simulator.snapshot())) as Snapshot;
              await simulator.close();
              simulator = createSimulator({ snapshot });
              continue;
            }
            const { engine } = simulator;
            const call = step === "networks" ? engine.networks.list() : engine.containers.list();
            await call.catch(() => {});
            const { call: name, outcome, message, fault } = simulator.calls.at(-1)!;
            seen.push([name, outcome, message, fault]);
          }
          seen.push(simulator.faults.list());
          await simulator.close();
          return seen;
        };
        expect(await outcomes(true)).toEqual(await outcomes(false));
      }),
      { numRuns: 30 },
    );
  });

  it("counts calls in the order in which they are made, however many are under way", async () => {
    await fc.assert(
      fc.asyncProperty(often, fc.integer({ min: 1, max: 20 }), async (law, count) => {
        const struckOf = async (atOnce: boolean): Promise<number[]> => {
          await using simulator = createSimulator();
          // Nobody awaits that it is added, so the calls wait for it.
          simulator.faults.add({ call: "networks.list", ...law, drop: "before" });
          const made: Promise<unknown>[] = [];
          for (let each = 0; each < count; each++) {
            const answer = simulator.engine.networks.list().catch(() => {});
            if (!atOnce) await answer;
            made.push(answer);
          }
          await Promise.all(made);
          return simulator.calls.flatMap(({ fault }, at) => (fault === undefined ? [] : [at]));
        };
        expect(await struckOf(true)).toEqual(await struckOf(false));
      }),
      { numRuns: 30 },
    );
  });
});
