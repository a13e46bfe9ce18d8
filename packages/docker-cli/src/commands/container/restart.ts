import { allOf } from "../../command/all-of.js";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { stopFlags, stopOptions } from "./stop-flags.js";

export const containerRestart = command({
  name: "restart",
  short: "Restart one or more containers",
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "container",
  flags: stopFlags,
  run: (call) => allOf(call, (name) => call.engine.containers.restart(name, stopOptions(call))),
});
