import type { Engine } from "@dryharbor/sdk";
import { Bench } from "tinybench";
import { collectGarbage } from "./garbage.js";
import { operations, prepare, tidyUp } from "./operations.js";

/** Milliseconds that each operation takes, by name. */
export type Timings = ReadonlyMap<string, number>;

/**
 * Measures every operation on an engine: of some rounds the lowest median, as whatever else the
 * machine does can only add to it.
 */
export async function measure(
  engine: Engine,
  options: {
    readonly rounds: number;
    readonly time: number;
    readonly iterations: number;
    readonly warmup: boolean;
  },
): Promise<Timings> {
  await tidyUp(engine);
  await prepare(engine);
  try {
    const { rounds, ...each } = options;
    const lowest = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      const bench = new Bench({ ...each, throws: true, retainSamples: true });
      for (const { name, run } of operations) {
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
