import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { alignColumns } from "../../format/columns.js";

export const containerTop = command({
  name: "top",
  short: "Display the running processes of a container",
  usage: "CONTAINER [ps OPTIONS]",
  arguments: atLeast(1),
  interspersed: false,
  completes: "running container",
  async run({ engine, io, arguments: [container = "", ...options] }) {
    const { Titles, Processes } = await engine.containers.top(
      container,
      options.length > 0 ? { ps_args: options.join(" ") } : {},
    );
    const lines = [Titles, ...Processes].map((line) => `${line.join("\t")}\n`);
    io.stdout(alignColumns(lines.join(""), { least: 20, padding: 3 }));
  },
});
