// `docker push`.
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import { contentTrust } from "../../command/going-flags.js";
import { ProgressDisplay } from "../../progress/progress.js";
import { toldInSteps } from "../../progress/told.js";
import { storedCredentials } from "../../references/credentials.js";
import { fullText, readName, withDefaultTag } from "../../references/reference.js";

export const imagePush = command({
  name: "push",
  short: {
    "20.10": "Push an image or a repository to a registry",
    "26.1": "Upload an image to a registry",
  },
  usage: "[OPTIONS] NAME[:TAG]",
  heading: "Common Commands",
  arguments: exactly(1),
  completes: "image",
  flags: {
    "all-tags": toggle("a"),
    "disable-content-trust": contentTrust,
    platform: text(undefined, { since: "28.5", api: "1.46" }),
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
    const display = new ProgressDisplay(io, "stdout");
    await toldInSteps(() =>
      engine.images.push(reference.familiar, {
        ...(reference.tag !== undefined && { tag: reference.tag }),
        ...(flags.platform !== "" && { platform: flags.platform }),
        ...(!flags.quiet && { onProgress: display.show }),
        "X-Registry-Auth": storedCredentials(session, reference),
      }),
    );
    if (flags.quiet) io.stdout(`${fullText(reference)}\n`);
  },
});
