import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { goType } from "../../format/go-types.js";
import { inspectEach } from "../../format/inspect.js";
import { platformJson } from "../../references/platform.js";

export const imageInspect = command({
  name: "inspect",
  short: "Display detailed information on one or more images",
  usage: "[OPTIONS] IMAGE [IMAGE...]",
  arguments: atLeast(1),
  completes: "image",
  flags: { format: text("f"), platform: text(undefined, { since: "28.5", api: "1.49" }) },
  run(call) {
    const { format, platform } = call.flags;
    const options = platform === "" ? {} : { platform: platformJson(platform, "") };
    return inspectEach(call, call.arguments, format, async (name) => ({
      raw: await asking(call.release, "image", name, () => call.engine.images.inspect(name, options)),
      type: goType("image", call.release),
    }));
  },
});
