// `docker export`.
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text } from "../../command/flags.js";
import { writeArchive } from "../../streams/pieces.js";

export const containerExport = command({
  name: "export",
  short: "Export a container's filesystem as a tar archive",
  usage: "[OPTIONS] CONTAINER",
  arguments: exactly(1),
  completes: "container",
  flags: { output: text("o", { completes: "file" }) },
  async run({ engine, io, flags, arguments: [container = ""] }) {
    await writeArchive(io, flags.output, "failed to export container", () =>
      engine.containers.export(container),
    );
  },
});
