import { allOf } from "../../command/all-of.js";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";

export const containerPause = command({
  name: "pause",
  short: "Pause all processes within one or more containers",
  usage: "CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "running container",
  run: (call) => allOf(call, (name) => call.engine.containers.pause(name)),
});
