import { int, text, toggle } from "../../command/flags.js";
import { logPrinter } from "../actions/log-printer.js";
import { printLogs } from "../actions/logs.js";
import { ComposeError } from "../model/error.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName } from "./projects.js";

export const logs = composeCommand({
  name: "logs",
  short: "View output from containers",
  usage: "[OPTIONS] [SERVICE...]",
  flags: {
    follow: toggle("f"),
    index: int(),
    "no-color": toggle(),
    "no-log-prefix": toggle(),
    since: text(),
    tail: text("n", { initial: "all" }),
    timestamps: toggle("t"),
    until: text(),
  },
  async execute(call) {
    const { context, flags, signal } = call;
    if (flags.index > 0 && call.arguments.length !== 1) {
      throw new ComposeError("--index requires one service to be selected");
    }
    const { name, project } = await projectOrName(call, call.arguments);
    const services =
      project && call.arguments.length === 0
        ? [...project.services].flatMap(([service, { attach }]) => (attach === false ? [] : [service]))
        : call.arguments;
    const printer = logPrinter(context.io, {
      colours: call.colours && !flags["no-color"],
      prefix: !flags["no-log-prefix"],
    });
    await printLogs(context, name, printer, { ...flags, project, services }, signal);
  },
});
