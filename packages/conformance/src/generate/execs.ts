import type { ExecCreateRequest } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { type Command, command } from "../commands/command.js";
import { maybe, pick, record, weighted } from "./arbitraries.js";
import { aContainer, type Cast } from "./cast.js";
import { execPrograms } from "./pools.js";

const start = command("exec.start", "{exec:exec}", {});
const inspect = command("exec.inspect", "{exec:exec}");

const execOptions = record<Omit<ExecCreateRequest, "Cmd">>({
  Tty: maybe(fc.constant(true), 2),
  Env: maybe(fc.constant(["A=1", "B=two words"]), 2),
  WorkingDir: maybe(pick(["/tmp", "/no/such/place", "/etc/hosts", "tmp"]), 3),
  // The engine does not wait for an exec that is attached to nothing, so what inspect shows next would be a
  // race.
  AttachStdout: fc.constant(true),
  DetachKeys: maybe(pick(["ctrl-x", "zz"]), 8),
});

/** Adds the options of an exec other than its command. */
function unusual([container, program, options]: [
  string,
  readonly string[],
  Omit<ExecCreateRequest, "Cmd">,
]): Command[] {
  return [
    command("exec.create", container, { Cmd: [...program], ...options }),
    command("exec.start", "{exec:exec}", { Tty: options.Tty === true }),
    inspect,
  ];
}

/** Generates a process in a container from its creation to its exit code, or a part of that. */
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
    [2, fc.tuple(aContainer(cast), pick(execPrograms), execOptions).map(unusual)],
    [1, aContainer(cast).map((container) => [command("exec.create", container, { Cmd: [] })])],
    [1, fc.constant([start])],
    [1, fc.constant([inspect])],
  );
}
