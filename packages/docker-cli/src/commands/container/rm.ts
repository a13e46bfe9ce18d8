import { allOf } from "../../command/all-of.js";
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import { toggle } from "../../command/flags.js";
import { asking, isNotFound } from "../../command/no-such.js";
import { isIn } from "../../releases.js";

export const containerRm = command({
  name: "rm",
  aliases: ["remove"],
  short: "Remove one or more containers",
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "container",
  completesWith: { since: "29", flags: { "link=true": "link" } },
  flags: { force: toggle("f"), link: toggle("l"), volumes: toggle("v") },
  run: (call) =>
    allOf(call, async (given) => {
      const { engine, flags, io, release, session } = call;
      const name = given.replace(/^\/+|\/+$/g, "");
      if (name === "")
        throw new CommandError(
          `${isIn(release, { since: "28.5" }) ? "c" : "C"}ontainer name cannot be empty`,
        );
      const options = { force: flags.force, v: flags.volumes, link: flags.link };
      try {
        await asking(release, "container", name, () => engine.containers.remove(name, options));
      } catch (error) {
        if (!(flags.force && isNotFound(error))) throw error;
        if (isIn(release, { until: "29" })) io.stderr(`${messageOf(error, session)}\n`);
        return "";
      }
      return `${given}\n`;
    }),
});
