// Measures the traffic of a built simulator, beside what Node does bare, and prints the figures as JSON. A process of its
// own, so that nothing else is in its heap.
//   program.ts ENTRY_URL NODE_ENTRY_URL
import type * as Simulator from "@dryharbor/simulator";
import type * as SimulatorNode from "@dryharbor/simulator/node";
import { inProcess } from "./in-process.js";
import { overSockets } from "./over-sockets.js";

const [entry = "", nodeEntry = ""] = process.argv.slice(2);
const simulator = (await import(entry)) as typeof Simulator;
const node = (await import(nodeEntry)) as typeof SimulatorNode;

console.log(JSON.stringify({ ...(await inProcess(simulator)), ...(await overSockets(simulator, node)) }));
