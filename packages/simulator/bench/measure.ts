import type { Engine } from "@dryharbor/sdk";
import { Bench } from "tinybench";
import { collectGarbage } from "./garbage.js";
import { operations, prepare, tidyUp } from "./operations.js";

/** Milliseconds that each operation takes, by name: the median, which a busy machine disturbs least. */
export type Timings = ReadonlyMap<string, number>;

/** Measures every operation on an engine. */
export async function measure(
  engine: Engine,
  options: { readonly time: number; readonly iterations: number; readonly warmup: boolean },
): Promise<Timings> {
  await tidyUp(engine);
  await prepare(engine);
  try {
    const bench = new Bench({ ...options, throws: true, retainSamples: true });
    for (const { name, run } of operations) {
      // tinybench calls a function that is not visibly asynchronous once more, to see what it returns.
      bench.add(name, async () => await run(engine), { beforeAll: collectGarbage });
    }
    await bench.run();
    return new Map(bench.tasks.map(({ name, result }) => [name, median(result)]));
  } finally {
    await tidyUp(engine);
  }
}

function median(result: Bench["tasks"][number]["result"]): number {
  if (!("latency" in result)) throw new Error("the benchmark has no result");
  return result.latency.p50;
}
