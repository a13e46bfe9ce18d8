// Measures what forks of a built simulator cost, in one run, and prints it as JSON.
//   forks-program.ts ENTRY_URL CONTAINERS
import type * as Simulator from "@dryharbor/simulator";
import type { ForkFigures } from "./forks.js";
import { collectGarbage } from "./garbage.js";
import { populate } from "./population.js";

const [entry = "", given = ""] = process.argv.slice(2);
const containers = Number(given);
const { createSimulator } = (await import(entry)) as typeof Simulator;

const rounds = 15;

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** The lowest time of some rounds, in milliseconds: whatever else the machine does can only add to it. */
async function lowest(times: number, step: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < times; round++) {
    collectGarbage();
    const began = performance.now();
    await step();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

const simulator = createSimulator();
// What forks need is loaded.
await (await simulator.fork()).close();
const before = heap();
await populate(simulator.engine, containers);
const populated = heap();
const held = await simulator.fork();
const heapOfFork = heap() - populated;
const fork = await lowest(rounds, () => simulator.fork());
const wake = await lowest(1, () => held.engine.system.ping());
await held.close();
const snapshot = await lowest(2, () => createSimulator({ snapshot: simulator.snapshot() }).close());
const figures: ForkFigures = { containers, fork, snapshot, wake, heap: populated - before, heapOfFork };
console.log(JSON.stringify(figures));
await simulator.close();
