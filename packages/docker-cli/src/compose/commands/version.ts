import { none } from "../../command/arguments.js";
import { text, toggle } from "../../command/flags.js";
import { composeCommand } from "./compose-command.js";

/** As the release that this one is compared with calls itself. */
const version = "2.40.3-3";

export const versionCommand = composeCommand({
  name: "version",
  short: "Show the Docker Compose version information",
  usage: "[OPTIONS]",
  arguments: none,
  flags: { format: text("f"), short: toggle() },
  async execute({ context, flags }) {
    const line = flags.short
      ? version
      : flags.format === "json"
        ? JSON.stringify({ version })
        : `Docker Compose version ${version}`;
    context.io.stdout(`${line}\n`);
  },
});
