// `docker commit`.
import { between } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { list, text, toggle } from "../../command/flags.js";
import { readName, withDefaultTag } from "../../references/reference.js";
import type { Release } from "../../releases.js";

export const containerCommit = command({
  name: "commit",
  short: "Create a new image from a container's changes",
  usage: "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
  arguments: between(1, 2),
  interspersed: false,
  completes: "container",
  flags: {
    author: text("a"),
    change: list("c"),
    message: text("m"),
    "no-pause": toggle(undefined, { since: "29" }),
    pause: toggle("p", {
      initial: true,
      deprecated: {
        since: "29",
        advice: "and enabled by default. Use --no-pause to disable pausing during commit.",
      },
    }),
  },
  async run({ engine, io, flags, given, release, arguments: [container = "", name = ""] }) {
    if (given.has("pause") && given.has("no-pause")) {
      throw new CommandError("conflicting options: --no-pause and --pause cannot be used together");
    }
    const { Id } = await engine.containers.commit(
      container,
      {},
      {
        ...nameOf(name, release),
        comment: flags.message,
        author: flags.author,
        changes: [...flags.change],
        ...((!flags.pause || flags["no-pause"]) && { pause: false }),
      },
    );
    io.stdout(`${Id}\n`);
  },
});

function nameOf(text: string, release: Release): { repo?: string; tag?: string } {
  if (text === "") return {};
  const reference = readName(text, release);
  if (reference.digest !== undefined)
    throw new CommandError("refusing to create a tag with a digest reference");
  const { familiar, tag = "" } = withDefaultTag(reference);
  return { repo: familiar, tag };
}
