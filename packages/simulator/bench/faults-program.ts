// Measures what faults cost those who have none, in one run, and prints [name, milliseconds] of each as JSON.
//   faults-program.ts ENTRY_URL
import type * as Simulator from "@dryharbor/simulator";
import { faultNames } from "./faults.js";
import { collectGarbage } from "./garbage.js";
import { container } from "./operations.js";

const [entry = ""] = process.argv.slice(2);
const { createSimulator } = (await import(entry)) as typeof Simulator;

const calls = 2_000;
const rounds = 15;

/** The lowest mean of some rounds, in milliseconds a call: whatever else the machine does can only add to it. */
async function lowest(all: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const best = all.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    // Whoever comes first after another row pays for what the machine forgot, so the order changes.
    const order = [...all.entries()];
    for (const [at, run] of round % 2 === 0 ? order : order.reverse()) {
      collectGarbage();
      const began = performance.now();
      for (let call = 0; call < calls; call++) await run();
      best[at] = Math.min(best[at]!, (performance.now() - began) / calls);
    }
  }
  return best;
}

/** A simulator with two containers that reach each other. */
async function subject() {
  const simulator = createSimulator();
  const { engine } = simulator;
  await engine.networks.create({ Name: "backend" });
  for (const name of ["web", "db"]) {
    await engine.containers.create(container("backend"), { name });
    await engine.containers.start(name);
  }
  const address = (await simulator.reach("web", "db")).address!;
  return {
    simulator,
    call: () => engine.networks.inspect("backend"),
    request: () => simulator.fetch(new Request("http://simulator/networks/backend")),
    ping: () => engine.traffic.probe("web", [{ address }]),
  };
}

const [never, removed, elsewhere] = [await subject(), await subject(), await subject()];
await removed.simulator.faults.add({ call: "networks.inspect", drop: "before" });
await removed.simulator.faults.clear();
await elsewhere.simulator.faults.add({ call: "networks.create", drop: "before" });
await elsewhere.simulator.faults.add({ between: ["web", "nobody"], partition: true });
const subjects = [never, removed, elsewhere];
const found: Record<string, readonly number[]> = {};
for (const name of Object.keys(faultNames) as (keyof typeof faultNames)[]) {
  found[name] = await lowest(subjects.map((each) => each[name]));
}
console.log(JSON.stringify(found));
for (const { simulator } of subjects) await simulator.close();
