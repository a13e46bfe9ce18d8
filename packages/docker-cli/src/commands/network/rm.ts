import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { eachOf } from "../../command/each-of.js";
import { toggle } from "../../command/flags.js";
import { asking, isNotFound } from "../../command/no-such.js";

export const networkRm = command({
  name: "rm",
  aliases: ["remove"],
  short: "Remove one or more networks",
  usage: "NETWORK [NETWORK...]",
  arguments: atLeast(1),
  completes: "network",
  flags: { force: toggle("f", { since: "26.1" }) },
  run: (call) =>
    eachOf(call, async (name) => {
      try {
        await asking(call.release, "network", name, () => call.engine.networks.remove(name));
      } catch (error) {
        if (!(call.flags.force && isNotFound(error))) throw error;
        return;
      }
      call.io.stdout(`${name}\n`);
    }),
});
