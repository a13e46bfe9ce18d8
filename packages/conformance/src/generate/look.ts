import fc from "fast-check";
import { badCommand, type Command, command } from "../commands/command.js";
import { maybe, pick, weighted } from "./arbitraries.js";
import { aContainer, aNetwork, type Cast } from "./cast.js";
import { image } from "./pools.js";

const statuses = ["running", "paused", "exited", "created"];

/** Generates lists with filters, and queries about one container or network. */
export function look(cast: Cast): fc.Arbitrary<Command> {
  const container = aContainer(cast);
  const network = aNetwork(cast);
  const containerFilters = fc.oneof(
    pick(["web", "^/web$", "^app", ".*"]).map((name) => ({ name: [name] })),
    container.map((id) => ({ id: [id] })),
    network.map((network) => ({ network: [network] })),
    fc.subarray(statuses, { minLength: 1, maxLength: 2 }).map((status) => ({ status })),
    pick(["tier", "tier=front", "stage="]).map((label) => ({ label: [label] })),
    pick(["0", "137", "zz"]).map((exited) => ({ exited: [exited] })),
    container.map((before) => ({ before: [before] })),
    container.map((since) => ({ since: [since] })),
    fc.constant({ status: ["zz"] }),
    fc.constant({ ancestor: [image] }),
    pick(["18080", "80/tcp", "18000-18090"]).map((publish) => ({ publish: [publish] })),
    pick(["80", "80/udp", "zz"]).map((expose) => ({ expose: [expose] })),
  );
  const networkFilters = fc.oneof(
    pick(["alpha", "^a", "a$", "e", "["]).map((name) => ({ name: [name] })),
    network.map((id) => ({ id: [id] })),
    pick(["bridge", "null", "overlay"]).map((driver) => ({ driver: [driver] })),
    pick(["custom", "builtin", "bad"]).map((type) => ({ type: [type] })),
    pick(["tier", "tier=front", "stage="]).map((label) => ({ label: [label] })),
    pick(["true", "0", "zz"]).map((dangling) => ({ dangling: [dangling] })),
    fc.constant({ dangling: ["true", "false"] }),
    pick(["local", "swarm"]).map((scope) => ({ scope: [scope] })),
  );
  return weighted(
    [
      6,
      fc
        .tuple(fc.boolean(), containerFilters, maybe(pick([1, 2]), 6))
        .map(([all, filters, limit]) =>
          command("containers.list", { all, filters, ...(limit ? { limit } : {}) }),
        ),
    ],
    [1, fc.constant(command("containers.list"))],
    [4, networkFilters.map((filters) => command("networks.list", { filters }))],
    [1, container.map((one) => command("containers.inspect", one))],
    [1, container.map((one) => command("containers.top", one))],
    [2, container.map((one) => command("containers.logs", one))],
    [1, container.map((one) => command("containers.logs", one, { tail: 1, stderr: false }))],
    [1, container.map((one) => command("containers.logs", one, { timestamps: true }))],
    [1, network.map((one) => command("networks.inspect", one))],
    [1, network.map((one) => command("networks.inspect", one, { scope: "swarm" }))],
    [1, pick(["networks.list", "containers.list"] as const).map(unknownFilter)],
    [1, container.map((one) => command("containers.attach", one, { logs: true, stream: false }))],
    [1, container.map((one) => command("containers.stats", one, { "one-shot": true }))],
    [1, container.map((one) => command("containers.statsStream", one))],
    [1, pick([command("system.ping"), command("system.version"), command("system.df")])],
  );
}

function unknownFilter(call: "networks.list" | "containers.list"): Command {
  return badCommand(call, { filters: { bogus: ["x"] } });
}
