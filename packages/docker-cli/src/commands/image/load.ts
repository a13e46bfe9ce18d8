// `docker load`.
import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import { ProgressDisplay } from "../../progress/progress.js";
import { toldInSteps } from "../../progress/told.js";
import { platformJson, platforms } from "../../references/platform.js";
import { openInput } from "../../streams/input-file.js";

export const imageLoad = command({
  name: "load",
  short: "Load an image from a tar archive or STDIN",
  usage: "[OPTIONS]",
  arguments: none,
  flags: {
    input: text("i", { completes: "file" }),
    platform: platforms,
    quiet: toggle("q"),
  },
  async run({ engine, io, flags }) {
    if (flags.input === "" && io.isTerminal.stdin) {
      throw new CommandError("requested load from stdin, but stdin is empty");
    }
    const archive = flags.input === "" ? io.stdin : openInput(io, flags.input);
    const platform = flags.platform.map((text) => platformJson(text));
    const display = new ProgressDisplay(io, "stdout");
    const isQuiet = flags.quiet || !io.isTerminal.stdout;
    await toldInSteps(() =>
      engine.images.load(archive, {
        ...(platform.length > 0 && { platform }),
        onProgress: (step) => {
          // With `quiet`, the engine tells of nothing but what has been loaded.
          if (!isQuiet || step.stream !== undefined) display.show(step);
        },
      }),
    );
  },
});
