// Measures the operations on a built simulator and prints [name, milliseconds] of each as JSON. A process of its own,
// so that a simulator of another commit is measured in the same way.
//   operations-program.ts ENTRY_URL OPTIONS_AS_JSON
import type * as Simulator from "@dryharbor/simulator";
import { measure } from "./measure.js";
import { populate } from "./population.js";
import type { OperationsOptions } from "./subject.js";

const [entry = "", options = ""] = process.argv.slice(2);
const { population, release, ...budget } = JSON.parse(options) as OperationsOptions;
const { createSimulator } = (await import(entry)) as typeof Simulator;

await using simulator = createSimulator(release === undefined ? {} : { release });
await populate(simulator.engine, population);
console.log(JSON.stringify([...(await measure(simulator.engine, budget))]));
