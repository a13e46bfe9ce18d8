import { atMost } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { labels, map, text } from "../../command/flags.js";
import { labelsOf } from "../../command/pairs.js";

export const volumeCreate = command({
  name: "create",
  short: "Create a volume",
  usage: "[OPTIONS] [VOLUME]",
  arguments: atMost(1),
  flags: {
    driver: text("d", { initial: "local" }),
    label: labels(),
    name: text(undefined, { hidden: true }),
    opt: map("o"),
  },
  async run({ engine, io, flags, release, arguments: [argument] }) {
    if (argument !== undefined && flags.name !== "") {
      throw new CommandError(
        release.name === "28.5"
          ? "conflicting options: cannot specify a volume-name through both --name and as a positional arg"
          : "conflicting options: either specify --name or provide positional arg, not both",
      );
    }
    const { Name } = await engine.volumes.create({
      Driver: flags.driver,
      DriverOpts: flags.opt,
      Name: argument ?? flags.name,
      Labels: labelsOf(flags.label),
    });
    io.stdout(`${Name}\n`);
  },
});
