// `docker save`.
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text } from "../../command/flags.js";
import { platformJson, platforms } from "../../references/platform.js";
import { writeArchive } from "../../streams/pieces.js";

export const imageSave = command({
  name: "save",
  short: "Save one or more images to a tar archive (streamed to STDOUT by default)",
  usage: "[OPTIONS] IMAGE [IMAGE...]",
  arguments: atLeast(1),
  completes: "image",
  flags: {
    output: text("o", { completes: "file" }),
    platform: platforms,
  },
  async run({ engine, io, flags, arguments: names }) {
    const platform = flags.platform.map((text) => platformJson(text));
    await writeArchive(io, flags.output, "failed to save image", () =>
      engine.images.save(names, platform.length === 0 ? {} : { platform }),
    );
  },
});
