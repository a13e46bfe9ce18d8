import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { isIn } from "../../releases.js";

const letters = { 0: "C", 1: "A", 2: "D" } as const;

export const containerDiff = command({
  name: "diff",
  short: "Inspect changes to files or directories on a container's filesystem",
  usage: "CONTAINER",
  arguments: exactly(1),
  completes: "container",
  async run({ engine, io, release, arguments: [container = ""] }) {
    if (container === "" && isIn(release, { until: "28.5" }))
      throw new CommandError("Container name cannot be empty");
    const changes = (await engine.containers.changes(container)) ?? [];
    io.stdout(changes.map(({ Kind, Path }) => `${letters[Kind]} ${Path}\n`).join(""));
  },
});
