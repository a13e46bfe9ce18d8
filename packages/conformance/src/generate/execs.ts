import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { pick, weighted } from "./arbitraries.js";
import { aContainer, type Cast } from "./cast.js";
import { execPrograms } from "./pools.js";

const start = command("exec.start", "{exec:exec}", {});
const inspect = command("exec.inspect", "{exec:exec}");

/** A process in a container, from its creation to its exit code; sometimes only a part of that. */
export function execute(cast: Cast): fc.Arbitrary<Command[]> {
  return weighted<Command[]>(
    [
      10,
      fc
        .tuple(aContainer(cast), pick(execPrograms))
        .map(([container, program]) => [
          command("exec.create", container, { Cmd: [...program], AttachStdout: true, AttachStderr: true }),
          start,
          inspect,
        ]),
    ],
    [1, aContainer(cast).map((container) => [command("exec.create", container, { Cmd: [] })])],
    [1, fc.constant([start])],
    [1, fc.constant([inspect])],
  );
}
