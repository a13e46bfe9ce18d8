// `docker pull`.
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import { contentTrust } from "../../command/going-flags.js";
import { ProgressDisplay } from "../../progress/progress.js";
import { storedCredentials } from "../../references/credentials.js";
import { checkPlatform } from "../../references/platform.js";
import { familiarText, fullText, readName, withDefaultTag } from "../../references/reference.js";

export const imagePull = command({
  name: "pull",
  short: {
    "20.10": "Pull an image or a repository from a registry",
    "26.1": "Download an image from a registry",
  },
  usage: "[OPTIONS] NAME[:TAG|@DIGEST]",
  heading: "Common Commands",
  arguments: exactly(1),
  completes: "image",
  flags: {
    "all-tags": toggle("a"),
    "disable-content-trust": contentTrust,
    platform: text(undefined, { api: "1.32" }),
    quiet: toggle("q"),
  },
  async run({ engine, io, flags, release, session, arguments: [name = ""] }) {
    let reference = readName(name, release);
    const isNameOnly = reference.tag === undefined && reference.digest === undefined;
    if (flags["all-tags"] && !isNameOnly) throw new CommandError("tag can't be used with --all-tags/-a");
    if (!flags["all-tags"] && isNameOnly) {
      reference = withDefaultTag(reference);
      if (!flags.quiet) io.stdout(`Using default tag: ${reference.tag}\n`);
    }
    checkPlatform(flags.platform, release);
    const display = new ProgressDisplay(io, "stdout");
    await engine.images.pull(familiarText(reference), {
      ...(flags["all-tags"] && { all: true }),
      ...(!flags.quiet && { onProgress: display.show }),
      ...(flags.platform !== "" && { platform: flags.platform }),
      "X-Registry-Auth": storedCredentials(session, reference),
    });
    io.stdout(`${fullText(reference)}\n`);
  },
});
