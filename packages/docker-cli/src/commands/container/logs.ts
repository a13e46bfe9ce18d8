// `docker logs`.
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { text, toggle } from "../../command/flags.js";
import { readMoment } from "../../command/moments.js";
import { asking } from "../../command/no-such.js";

export const containerLogs = command({
  name: "logs",
  short: "Fetch the logs of a container",
  usage: "[OPTIONS] CONTAINER",
  arguments: exactly(1),
  completes: "container",
  flags: {
    details: toggle(),
    follow: toggle("f"),
    since: text(),
    tail: text("n", { initial: "all" }),
    timestamps: toggle("t"),
    until: text(undefined, { api: "1.35" }),
  },
  async run({ engine, io, flags, release, arguments: [name = ""] }) {
    const { Id, Config } = await asking(release, "container", name, () => engine.containers.inspect(name));
    const { since, until, tail } = flags;
    const output = await engine.containers.logs(Id, {
      stdout: true,
      stderr: true,
      ...(since !== "" && { since: readMoment(since, "since", io.now()) }),
      ...(until !== "" && { until: readMoment(until, "until", io.now()) }),
      timestamps: flags.timestamps,
      follow: flags.follow,
      // Whatever is no number counts as all, for the engine.
      tail: /^-?\d+$/.test(tail) ? Number(tail) : "all",
      details: flags.details,
    });
    for await (const { stream, data } of output) {
      if (Config.Tty || stream === "stdout") io.stdout(data);
      else io.stderr(data);
      await io.caughtUp();
    }
  },
});
