import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text, toggle } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { goType } from "../../format/go-types.js";
import { inspectEach } from "../../format/inspect.js";

export const networkInspect = command({
  name: "inspect",
  short: "Display detailed information on one or more networks",
  usage: "[OPTIONS] NETWORK [NETWORK...]",
  arguments: atLeast(1),
  completes: "network",
  flags: { format: text("f"), verbose: toggle("v") },
  run: (call) =>
    inspectEach(call, call.arguments, call.flags.format, async (name) => ({
      raw: await asking(call.release, "network", name, () =>
        call.engine.networks.inspect(name, call.flags.verbose ? { verbose: true } : {}),
      ),
      type: goType("network", call.release),
    })),
});
