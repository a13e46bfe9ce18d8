import { allOf } from "../../command/all-of.js";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { toggle } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";

export const volumeRm = command({
  name: "rm",
  aliases: ["remove"],
  short: "Remove one or more volumes",
  usage: "[OPTIONS] VOLUME [VOLUME...]",
  arguments: atLeast(1),
  completes: "volume",
  flags: { force: toggle("f", { api: "1.25" }) },
  run: (call) =>
    allOf(call, (name) =>
      asking(call.release, "volume", name, () =>
        call.engine.volumes.remove(name, { force: call.flags.force }),
      ),
    ),
});
