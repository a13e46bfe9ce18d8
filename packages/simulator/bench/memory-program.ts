// What containers of a built simulator cost in memory, as JSON. A process of its own, so that nothing else is in its heap.
//   memory-program.ts ENTRY_URL CONTAINERS NETWORKS
import type * as Simulator from "@dryharbor/simulator";
import { collectGarbage } from "./garbage.js";
import { container } from "./operations.js";
import type { Memory } from "./subject.js";

const [entry = "", ...counts] = process.argv.slice(2);
const [containers = 0, networks = 0] = counts.map(Number);
const { createSimulator } = (await import(entry)) as typeof Simulator;
const { engine } = createSimulator();

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

for (let network = 0; network < networks; network++) {
  await engine.networks.create({
    Name: `n${network}`,
    IPAM: { Config: [{ Subnet: `10.${network * 2}.0.0/15` }] },
  });
}
const empty = heap();
for (let index = 0; index < containers; index++) {
  await engine.containers.create(container("n0"), { name: `c${index}` });
  await engine.containers.start(`c${index}`);
}
const withOne = heap();

const began = performance.now();
for (let index = 0; index < containers; index++) {
  for (let network = 1; network < networks; network++) {
    await engine.networks.connect(`n${network}`, { Container: `c${index}` });
  }
}
const took = performance.now() - began;
const withAll = heap();

const endpoints = containers * networks;
const last = await engine.containers.inspect(`c${containers - 1}`);
if (Object.values(last.NetworkSettings.Networks).some(({ IPAddress }) => IPAddress === "")) {
  throw new Error("an endpoint has no address");
}
const memory: Memory = {
  containers,
  bytesPerContainer: (withOne - empty) / containers,
  endpoints,
  bytesPerFurtherEndpoint: (withAll - withOne) / (endpoints - containers),
  connectMilliseconds: took / (endpoints - containers),
  heapOfAll: withAll,
};
console.log(JSON.stringify(memory));
