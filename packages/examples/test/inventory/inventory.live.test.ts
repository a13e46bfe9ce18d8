import { openEngine, snapshotOf } from "@dryharbor/sdk";
import { differences, type Topology, topology } from "@dryharbor/sdk/topology";
import { createSimulator } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { leftOut, setUp, tearDown } from "./set-up.js";

// What is read off a real engine, and played by the simulator.

const targets = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter(Boolean);

describe.each(targets)("the inventory of %s", (target) => {
  it("becomes a simulator with the same networks, addresses, names and ports", {
    timeout: 120_000,
  }, async () => {
    await using engine = await openEngine(target);
    await tearDown(engine);
    try {
      await setUp(engine);
      const { snapshot, leftOut: told } = await snapshotOf(engine);
      const aboutOurs = told.filter((each) => each.includes("from-") && !aboutBridge.test(each));
      expect(aboutOurs).toEqual(leftOut);
      await using simulator = createSimulator({ snapshot });
      expect(differences(ours(await topology(engine)), ours(await topology(simulator.engine)))).toEqual([]);
      const ask = { name: "store" };
      expect(await simulator.engine.dns.resolve("from-web", ask)).toEqual(
        await engine.dns.resolve("from-web", ask),
      );
    } finally {
      await tearDown(engine);
    }
  });
});

/** Addresses on the default bridge depend on who else is there, and nobody can ask for one. */
const aboutBridge = /differs: on the engine 172\.17\./;

/** What the set-up has made: other tests share the engine. */
function ours({ networks, containers }: Topology): Topology {
  const isOurs = ({ name }: { readonly name: string }) => name.startsWith("from-");
  return {
    networks: networks.filter(isOurs),
    containers: containers.filter(isOurs).map(({ endpoints, ...rest }) => ({
      ...rest,
      endpoints: endpoints.map(({ ipv4, ...endpoint }) => ({
        ...endpoint,
        ...(ipv4 !== undefined && endpoint.network !== "bridge" && { ipv4 }),
      })),
    })),
  };
}
