// `docker import`.
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { list, text } from "../../command/flags.js";
import { ProgressDisplay } from "../../progress/progress.js";
import { checkPlatform } from "../../references/platform.js";
import { readName } from "../../references/reference.js";
import { openInput } from "../../streams/input-file.js";

export const imageImport = command({
  name: "import",
  short: "Import the contents from a tarball to create a filesystem image",
  usage: "[OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
  arguments: atLeast(1),
  completes: "file",
  flags: { change: list("c"), message: text("m"), platform: text(undefined, { api: "1.32" }) },
  async run({ engine, io, flags, release, arguments: [source = "", name = ""] }) {
    if (/^https?:\/\//.test(source)) {
      throw new CommandError(
        "an import from a URL is not served here: import a file, or - for standard input",
      );
    }
    checkPlatform(flags.platform, release);
    const archive = source === "-" ? io.stdin : openInput(io, source);
    const { familiar, tag } = name === "" ? { familiar: "", tag: undefined } : readName(name, release);
    await engine.images.import(archive, {
      ...(familiar !== "" && { repo: familiar }),
      ...(tag !== undefined && { tag }),
      ...(flags.message !== "" && { message: flags.message }),
      ...(flags.change.length > 0 && { changes: [...flags.change] }),
      ...(flags.platform !== "" && { platform: flags.platform }),
      onProgress: new ProgressDisplay(io, "stdout").show,
    });
  },
});
