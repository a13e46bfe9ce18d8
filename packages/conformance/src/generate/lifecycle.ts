import type { ContainerUpdateRequest } from "@dryharbor/sdk/port";
import type fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { maybe, often, pick, record, weighted } from "./arbitraries.js";
import { aContainer, type Cast } from "./cast.js";
import { containerNames, signals } from "./pools.js";

/** Stop without grace, because the programs that run ignore SIGTERM. */
const atOnce = { t: 0 };

const pruneFilters = maybe(
  pick([{ label: ["tier=front"] }, { "label!": ["tier=front"] }, { label: ["tier"] }]),
  1,
);

/** Generates commands about a container's process and name, and its removal. */
export function live(cast: Cast): fc.Arbitrary<Command> {
  const container = aContainer(cast);
  return weighted(
    [12, container.map((one) => command("containers.start", one))],
    [4, container.map((one) => command("containers.stop", one, atOnce))],
    [3, container.map((one) => command("containers.restart", one, atOnce))],
    [
      3,
      container.chain((one) =>
        maybe(pick(signals), 1).map((signal) =>
          command("containers.kill", one, signal === undefined ? {} : { signal }),
        ),
      ),
    ],
    [4, container.map((one) => command("containers.pause", one))],
    [4, container.map((one) => command("containers.unpause", one))],
    [
      3,
      container.chain((one) =>
        often<string>(pick(containerNames), 12, pick(["", "-bad", "x"])).map((name) =>
          command("containers.rename", one, name),
        ),
      ),
    ],
    [3, container.chain((one) => removeOptions.map((options) => command("containers.remove", one, options)))],
    [1, container.map((one) => command("containers.resize", one, { h: 24, w: 80 }))],
    [1, container.chain((one) => pick(updates).map((update) => command("containers.update", one, update)))],
    [1, pruneFilters.map((filters) => command("containers.prune", filters ? { filters } : {}))],
  );
}

/** Updates, none of which restarts a program that ends by itself: the engine would never come to rest. */
const updates: readonly ContainerUpdateRequest[] = [
  { CpuShares: 512 },
  { RestartPolicy: { Name: "no" } },
  { RestartPolicy: { Name: "zz" } },
  { PidsLimit: 100 },
  {},
];

const removeOptions = record<{ force: boolean; v: boolean; link: boolean }>({
  force: maybe(pick([true]), 1),
  v: maybe(pick([true])),
  link: maybe(pick([true]), 40),
});
