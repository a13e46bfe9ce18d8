import fc from "fast-check";
import { badCommand, type Command, command } from "../commands/command.js";
import { maybe, pick, record, weighted } from "./arbitraries.js";
import { labels, unknownName, volumeNames } from "./pools.js";

const volume = weighted<string>([8, pick(volumeNames)], [1, pick([unknownName])]);

const create = record<{ Name: string; Driver: string; Labels: Record<string, string> }>({
  Name: weighted<string | undefined>(
    [12, pick(volumeNames)],
    [1, fc.constant(undefined)],
    [1, pick(["x", "-bad", "has space"])],
  ),
  Driver: maybe(pick(["local"])),
  Labels: maybe(pick(labels), 2),
}).map((request) => command("volumes.create", request));

const listFilters = fc.oneof(
  pick(["data", "^l", "."]).map((name) => ({ name: [name] })),
  pick(["tier", "tier=front"]).map((label) => ({ label: [label] })),
  pick(["true", "false", "zz"]).map((dangling) => ({ dangling: [dangling] })),
  pick(["local", "nope"]).map((driver) => ({ driver: [driver] })),
);

const pruneFilters = pick([{ label: ["tier=front"] }, { "label!": ["tier=front"] }, {}]);

/** Generates commands about volumes that no container uses. */
export const handleVolumes: fc.Arbitrary<Command> = weighted(
  [6, create],
  [2, fc.constant(command("volumes.list"))],
  [2, listFilters.map((filters) => command("volumes.list", { filters }))],
  [3, volume.map((name) => command("volumes.inspect", name))],
  [
    3,
    fc
      .tuple(volume, maybe(pick([true]), 2))
      .map(([name, force]) => command("volumes.remove", name, force ? { force } : {})),
  ],
  [1, pruneFilters.map((filters) => command("volumes.prune", { filters }))],
  [1, volume.map((name) => command("volumes.update", name, {}, { version: 1 }))],
  [1, fc.constant(badCommand("volumes.list", { filters: { bogus: ["x"] } }))],
);
