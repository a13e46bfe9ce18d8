import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text, toggle } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { goType } from "../../format/go-types.js";
import { inspectEach } from "../../format/inspect.js";

export const containerInspect = command({
  name: "inspect",
  short: "Display detailed information on one or more containers",
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "container",
  flags: { format: text("f"), size: toggle("s") },
  run: (call) =>
    inspectEach(call, call.arguments, call.flags.format, async (name) => ({
      raw: await asking(call.release, "container", name, () =>
        call.engine.containers.inspect(name, call.flags.size ? { size: true } : {}),
      ),
      type: goType("container", call.release),
    })),
});
