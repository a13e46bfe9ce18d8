import fc from "fast-check";
import { expect, it } from "vitest";
import { changes, type TopologyChange } from "../../src/topology.js";
import { topologies } from "./generated.js";

it("finds nothing between a topology and itself", () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      expect(changes(topology, structuredClone(topology))).toEqual([]);
    }),
  );
});

it("finds the opposite the other way round", () => {
  const opposite = { added: "removed", removed: "added", changed: "changed" } as const;
  const key = ({ what, change, ...rest }: TopologyChange) =>
    JSON.stringify([
      what,
      change,
      "networkId" in rest ? rest.networkId : rest.containerId,
      what === "endpoint" && "network" in rest ? rest.network : "",
      what === "port" ? portOf(rest) : "",
    ]);
  fc.assert(
    fc.property(topologies, topologies, (one, other) => {
      const there = changes(one, other).map(key).sort();
      const back = changes(other, one)
        .map((change) => key({ ...change, change: opposite[change.change] } as TopologyChange))
        .sort();
      expect(there).toEqual(back);
    }),
  );
});

function portOf(change: object): unknown {
  const { before, after } = change as { before?: { port: number }; after?: { port: number } };
  return (after ?? before)?.port;
}

it("names what is new, what is gone and what differs", () => {
  const network = { id: "n", name: "backend", driver: "bridge", internal: false, subnets: [] };
  const web = { id: "c", name: "web", image: "busybox", state: "running" as const, endpoints: [], ports: [] };
  const endpoint = { network: "backend", networkId: "n", ipv4: "10.0.0.2", aliases: [], links: [] };
  const port = { port: 80, protocol: "tcp", published: [{ address: "0.0.0.0", port: 8080 }] };

  const empty = { networks: [], containers: [] };
  const before = { networks: [network], containers: [web] };
  expect(changes(empty, before)).toEqual([
    { what: "network", network: "backend", networkId: "n", change: "added", after: network },
    { what: "container", container: "web", containerId: "c", change: "added", after: web },
  ]);

  const joined = { ...web, state: "paused" as const, endpoints: [endpoint], ports: [port] };
  expect(changes(before, { networks: [], containers: [joined] })).toEqual([
    { what: "network", network: "backend", networkId: "n", change: "removed", before: network },
    { what: "container", container: "web", containerId: "c", change: "changed", before: web, after: joined },
    {
      what: "endpoint",
      container: "web",
      containerId: "c",
      network: "backend",
      change: "added",
      after: endpoint,
    },
    { what: "port", container: "web", containerId: "c", change: "added", after: port },
  ]);
});
