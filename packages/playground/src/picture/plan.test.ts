import type { Topology, TopologyEndpoint } from "@dryharbor/sdk/topology";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planOf, sizes } from "./plan.js";

/** What the picture has in a window of 1440 pixels. */
const room = 727;

const predefined = ["bridge", "host", "none"];
const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,29}$/);

/** What somebody may make of up to four networks and eight containers, on a host that also has the usual three. */
const made: fc.Arbitrary<Topology> = fc
  .record({
    own: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
    containers: fc.uniqueArray(name, { maxLength: 8 }),
    places: fc.array(
      fc.record({ container: fc.nat(7), network: fc.nat(6), aliases: fc.array(name, { maxLength: 2 }) }),
    ),
    internal: fc.boolean(),
    port: fc.option(fc.integer({ min: 1, max: 65_535 })),
  })
  .map(({ own, containers, places, internal, port }) => {
    const all = [...predefined, ...own];
    const networks = all.map((name, index) => ({
      id: `network ${index}`,
      name,
      driver: name === "none" ? "null" : name === "host" ? "host" : "bridge",
      internal: internal && index > 2,
      subnets:
        name === "host" || name === "none"
          ? []
          : [{ subnet: `172.${17 + index}.0.0/16`, gateway: `172.${17 + index}.0.1` }],
    }));
    const endpointsOf = (container: number): TopologyEndpoint[] =>
      all.flatMap((network, index): TopologyEndpoint[] => {
        const place = places.find((each) => each.container === container && each.network === index);
        if (!place) return [];
        const at = { networkId: `network ${index}`, network, links: [] };
        if (network === "host" || network === "none") return [{ ...at, aliases: [] }];
        return [{ ...at, ipv4: `172.${17 + index}.0.${200 + container}`, aliases: place.aliases }];
      });
    return {
      networks,
      containers: containers.map((name, index) => ({
        id: `container ${index}`,
        name,
        image: "busybox",
        state: "running",
        endpoints: endpointsOf(index),
        ports:
          port === null ? [] : [{ port: 80, protocol: "tcp", published: [{ address: "0.0.0.0", port }] }],
      })),
    } as unknown as Topology;
  });

describe("the plan of the picture", () => {
  it("has all that was made in sight, with a learner's own networks first", () => {
    fc.assert(
      fc.property(made, (topology) => {
        const { lanes, width } = planOf(topology, room);
        const own = lanes.filter(({ colour }) => colour !== undefined);
        expect(lanes.slice(0, own.length)).toEqual(own);
        expect(own.map(({ network }) => network.name)).toEqual(
          topology.networks.slice(predefined.length).map(({ name }) => name),
        );
        expect(width * sizes.leastScale).toBeLessThanOrEqual(room);
      }),
    );
  });

  it("leaves names whole where there is room", () => {
    const [topology] = fc.sample(made, { seed: 1, numRuns: 1 });
    const widths = (room?: number) => planOf(topology!, room).lanes.map(({ width }) => width);
    expect(widths(5_000)).toEqual(widths());
  });
});
