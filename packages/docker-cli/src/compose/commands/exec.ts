import { atLeast } from "../../command/arguments.js";
import { int, list, text, toggle } from "../../command/flags.js";
import { findContainer } from "../actions/containers.js";
import { composeCommand } from "./compose-command.js";
import { nameOfProject } from "./projects.js";

export const exec = composeCommand({
  name: "exec",
  short: "Execute a command in a running container",
  usage: "[OPTIONS] SERVICE COMMAND [ARGS...]",
  arguments: atLeast(2),
  interspersed: false,
  ownSignals: true,
  flags: {
    detach: toggle("d"),
    env: list("e"),
    index: int(),
    interactive: toggle("i", { initial: true, hidden: true }),
    "no-tty": toggle("T"),
    "no-TTY": toggle(undefined, { hidden: true }),
    privileged: toggle(),
    tty: toggle("t", { initial: true, hidden: true }),
    user: text("u"),
    workdir: text("w"),
  },
  async execute(call) {
    const { context, flags, given } = call;
    const [service = "", ...words] = call.arguments;
    const which = { oneOff: "include", all: false } as const;
    const container = await findContainer(
      context,
      (await nameOfProject(call)).toLowerCase(),
      service,
      flags.index,
      which,
    );
    const noTty =
      given.has("no-tty") || given.has("no-TTY")
        ? flags["no-tty"] || flags["no-TTY"]
        : !context.io.isTerminal.stdout;
    const environment = flags.env.flatMap((variable) => {
      if (variable.includes("=")) return [variable];
      const value = call.load.environment.get(variable);
      return [value === undefined ? variable : `${variable}=${value}`];
    });
    return call.docker([
      "exec",
      ...(flags.detach ? ["--detach"] : []),
      ...(flags.interactive && !flags.detach ? ["--interactive"] : []),
      ...(noTty ? [] : ["--tty"]),
      ...(flags.privileged ? ["--privileged"] : []),
      ...(flags.user ? ["--user", flags.user] : []),
      ...(flags.workdir ? ["--workdir", flags.workdir] : []),
      ...environment.flatMap((variable) => ["--env", variable]),
      container.Id,
      ...words,
    ]);
  },
});
