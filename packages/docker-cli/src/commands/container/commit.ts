// `docker commit`.
import { between } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { list, text, toggle } from "../../command/flags.js";
import { readName, withDefaultTag } from "../../references/reference.js";

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
    pause: toggle("p", { initial: true }),
  },
  async run({ engine, io, flags, arguments: [container = "", name = ""] }) {
    const { Id } = await engine.containers.commit(
      container,
      {},
      {
        ...nameOf(name),
        comment: flags.message,
        author: flags.author,
        changes: [...flags.change],
        ...(!flags.pause && { pause: false }),
      },
    );
    io.stdout(`${Id}\n`);
  },
});

function nameOf(text: string): { repo?: string; tag?: string } {
  if (text === "") return {};
  const reference = readName(text);
  if (reference.digest !== undefined)
    throw new CommandError("refusing to create a tag with a digest reference");
  const { familiar, tag = "" } = withDefaultTag(reference);
  return { repo: familiar, tag };
}
