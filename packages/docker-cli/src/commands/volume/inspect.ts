import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { goType } from "../../format/go-types.js";
import { inspectEach } from "../../format/inspect.js";

export const volumeInspect = command({
  name: "inspect",
  short: "Display detailed information on one or more volumes",
  usage: "[OPTIONS] VOLUME [VOLUME...]",
  arguments: atLeast(1),
  completes: "volume",
  flags: { format: text("f") },
  run: (call) =>
    inspectEach(call, call.arguments, call.flags.format, async (name) => ({
      raw: await asking(call.release, "volume", name, () => call.engine.volumes.inspect(name)),
      type: goType("volume", call.release),
    })),
});
