// What containers cost in memory, as JSON. A program of its own, so that nothing else is in its heap.
import { createSimulator } from "@dryharbor/simulator";
import { collectGarbage } from "./garbage.js";
import { container } from "./operations.js";

const containers = 100_000;
const networks = 10;

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
console.log(
  JSON.stringify({
    containers,
    bytesPerContainer: (withOne - empty) / containers,
    endpoints,
    bytesPerFurtherEndpoint: (withAll - withOne) / (endpoints - containers),
    connectMilliseconds: took / (endpoints - containers),
    heapOfAll: withAll,
  }),
);
