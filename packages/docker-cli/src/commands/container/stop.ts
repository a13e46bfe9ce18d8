import { allOf } from "../../command/all-of.js";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { stopFlags, stopOptions } from "./stop-flags.js";

export const containerStop = command({
  name: "stop",
  short: "Stop one or more running containers",
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "running container",
  flags: stopFlags,
  run: (call) =>
    allOf(call, async (name) => {
      await call.engine.containers.stop(name, stopOptions(call));
    }),
});
