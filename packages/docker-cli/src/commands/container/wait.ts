// `docker wait`.
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";

export const containerWait = command({
  name: "wait",
  short: "Block until one or more containers stop, then print their exit codes",
  usage: "CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "running container",
  async run({ engine, io, session, arguments: names }) {
    const problems: string[] = [];
    for (const name of names) {
      try {
        const { StatusCode } = await engine.containers.wait(name);
        io.stdout(`${StatusCode}\n`);
      } catch (error) {
        problems.push(messageOf(error, session));
      }
    }
    if (problems.length > 0) throw new CommandError(problems.join("\n"));
  },
});
