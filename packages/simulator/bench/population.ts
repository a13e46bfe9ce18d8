import type { Engine } from "@dryharbor/sdk";
import { container } from "./operations.js";

/** How many containers share a network. */
const perNetwork = 1000;

/** Fills an engine with running containers, each on one network. */
export async function populate(engine: Engine, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const network = `population-${Math.floor(index / perNetwork)}`;
    if (index % perNetwork === 0) {
      const Subnet = `10.${Math.floor(index / perNetwork)}.0.0/16`;
      await engine.networks.create({ Name: network, IPAM: { Config: [{ Subnet }] } });
    }
    const name = `population-${index}`;
    await engine.containers.create(container(network), { name });
    await engine.containers.start(name);
  }
}
