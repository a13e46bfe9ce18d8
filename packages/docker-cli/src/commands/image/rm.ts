import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import { toggle } from "../../command/flags.js";
import { asking, isNotFound } from "../../command/no-such.js";
import { platformJson, removedPlatforms } from "../../references/platform.js";

export const imageRm = command({
  name: "rm",
  aliases: ["remove"],
  short: "Remove one or more images",
  usage: "[OPTIONS] IMAGE [IMAGE...]",
  arguments: atLeast(1),
  completes: "image",
  flags: {
    force: toggle("f"),
    "no-prune": toggle(),
    platform: removedPlatforms,
  },
  async run({ engine, io, flags, release, session, arguments: names }) {
    const only = flags.platform.map((text) => platformJson(text, ""));
    const problems: string[] = [];
    let fatal = false;
    for (const name of names) {
      try {
        const options = {
          force: flags.force,
          noprune: flags["no-prune"],
          ...(only.length > 0 && { platforms: only }),
        };
        for (const step of await asking(release, "image", name, () => engine.images.remove(name, options))) {
          io.stdout("Deleted" in step ? `Deleted: ${step.Deleted}\n` : `Untagged: ${step.Untagged}\n`);
        }
      } catch (error) {
        problems.push(messageOf(error, session));
        if (!isNotFound(error)) fatal = true;
      }
    }
    if (problems.length === 0) return;
    if (!flags.force || fatal) throw new CommandError(problems.join("\n"));
    io.stderr(`${problems.join("\n")}\n`);
  },
});
