import { atMost } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { labels as labelList, map, text } from "../../command/flags.js";
import { labelsOf } from "../../command/pairs.js";
import { isIn } from "../../releases.js";

export const volumeCreate = command({
  name: "create",
  short: "Create a volume",
  usage: "[OPTIONS] [VOLUME]",
  arguments: atMost(1),
  flags: {
    driver: text("d", { initial: "local" }),
    label: labelList(),
    name: text(undefined, { hidden: true }),
    opt: map("o"),
  },
  async run({ engine, io, flags, release, arguments: [argument] }) {
    if (argument !== undefined && flags.name !== "") {
      throw new CommandError(
        isIn(release, { since: "28.5" })
          ? "conflicting options: cannot specify a volume-name through both --name and as a positional arg"
          : "conflicting options: either specify --name or provide positional arg, not both",
      );
    }
    // Up to 20.10 empty maps are sent, too; the engine then shows them as such.
    const sent = (map: Readonly<Record<string, string>>) =>
      release.name === "20.10" || Object.keys(map).length > 0 ? { ...map } : undefined;
    const [options, labels] = [sent(flags.opt), sent(labelsOf(flags.label))];
    const { Name } = await engine.volumes.create({
      Driver: flags.driver,
      ...(options && { DriverOpts: options }),
      Name: argument ?? flags.name,
      ...(labels && { Labels: labels }),
    });
    io.stdout(`${Name}\n`);
  },
});
