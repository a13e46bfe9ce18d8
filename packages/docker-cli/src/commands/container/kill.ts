import { allOf } from "../../command/all-of.js";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text } from "../../command/flags.js";

export const containerKill = command({
  name: "kill",
  short: "Kill one or more running containers",
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "running container",
  flags: {
    // The engine's own default is KILL, which 20.10 says itself.
    signal: text("s"),
  },
  run: (call) =>
    allOf(call, (name) =>
      call.engine.containers.kill(name, call.flags.signal === "" ? {} : { signal: call.flags.signal }),
    ),
});
