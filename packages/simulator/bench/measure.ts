import type { Engine } from "@dryharbor/sdk";
import { Bench } from "tinybench";
import { collectGarbage } from "./garbage.js";
import { operations, prepare, tidyUp } from "./operations.js";

/** Milliseconds that each operation takes, by name. */
export type Timings = ReadonlyMap<string, number>;

/** How long the operations are measured. */
export interface Budget {
  readonly rounds: number;
  /** Milliseconds of each operation in each round, at least. */
  readonly time: number;
  /** Runs of each operation in each round, at least. */
  readonly iterations: number;
  readonly warmup: boolean;
  /** The names of the operations to measure. Default: all. */
  readonly only?: readonly string[];
}

/**
 * Measures every operation on an engine: of some rounds the lowest median, as whatever else the
 * machine does can only add to it. An operation that fails is left out, and said on standard error.
 */
export async function measure(engine: Engine, { rounds, only, ...each }: Budget): Promise<Timings> {
  await tidyUp(engine);
  await prepare(engine);
  try {
    const lowest = new Map<string, number>();
    const able = [];
    for (const operation of operations) {
      if (only && !only.includes(operation.name)) continue;
      try {
        await operation.run(engine);
        able.push(operation);
      } catch (error) {
        console.error(`${operation.name}: ${error}`);
      }
    }
    for (let round = 0; round < rounds; round++) {
      const bench = new Bench({ ...each, throws: true, retainSamples: true });
      for (const { name, run } of able) {
        // tinybench calls a function that is not visibly asynchronous once more, to see what it returns.
        bench.add(name, async () => await run(engine), { beforeAll: collectGarbage });
      }
      await bench.run();
      for (const { name, result } of bench.tasks) {
        lowest.set(name, Math.min(median(result), lowest.get(name) ?? Number.POSITIVE_INFINITY));
      }
    }
    return lowest;
  } finally {
    await tidyUp(engine);
  }
}

function median(result: Bench["tasks"][number]["result"]): number {
  if (!("latency" in result)) throw new Error("the benchmark has no result");
  return result.latency.p50;
}
