// `docker exec`.
import { atLeast } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { list, text, toggle } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { checkedVariable } from "../../create/checks.js";
import { readKeyValueFiles } from "../../create/key-value-files.js";
import { withValue } from "../../create/request.js";
import { checkTerminal } from "../../streams/check-terminal.js";
import { connect } from "../../streams/connect.js";
import { checkDetachKeys } from "../../streams/detach-keys.js";
import { followSize, terminalSize } from "../../streams/terminal-size.js";

export const containerExec = command({
  name: "exec",
  short: {
    "20.10": "Run a command in a running container",
    "26.1": "Execute a command in a running container",
  },
  usage: "[OPTIONS] CONTAINER COMMAND [ARG...]",
  heading: "Common Commands",
  arguments: atLeast(2),
  interspersed: false,
  completes: "running container",
  flags: {
    detach: toggle("d"),
    "detach-keys": text(),
    env: list("e", { check: checkedVariable, api: "1.25" }),
    "env-file": list(undefined, { api: "1.25", completes: "file" }),
    interactive: toggle("i"),
    privileged: toggle(),
    tty: toggle("t"),
    user: text("u"),
    workdir: text("w", { api: "1.35" }),
  },
  async run({ engine, io, flags, release, session, arguments: [container = "", ...words] }) {
    const { tty, detach } = flags;
    const environment = [
      ...readKeyValueFiles(io, release, flags["env-file"], (key) => io.env[key]),
      ...flags.env.map((variable) => withValue(variable, io.env)),
    ];
    const stdin = !detach && flags.interactive;
    const detachKeys = flags["detach-keys"] || String(session.configuration().detachKeys ?? "");
    checkDetachKeys(detachKeys, release);
    // What does not exist goes before what is wrong with the terminal.
    await asking(release, "container", container, () => engine.containers.inspect(container));
    if (!detach) checkTerminal(io, release, stdin, tty);
    const { h, w } = terminalSize(io);
    const size = tty && release.name !== "20.10" ? { ConsoleSize: [h, w] as [number, number] } : {};
    const { Id } = await engine.exec.create(container, {
      User: flags.user,
      Privileged: flags.privileged,
      Tty: tty,
      ...size,
      AttachStdin: stdin,
      AttachStderr: !detach,
      AttachStdout: !detach,
      DetachKeys: detachKeys,
      ...(environment.length > 0 && { Env: environment }),
      WorkingDir: flags.workdir,
      Cmd: words,
    });
    const process = await engine.exec.start(Id, { Detach: detach, Tty: tty, ...size });
    if (detach) {
      process.close();
      return 0;
    }
    const endSizes =
      tty && io.isTerminal.stdin ? followSize(io, (each) => engine.exec.resize(Id, each)) : () => {};
    try {
      const how = await connect(io, process, { tty, input: stdin, detachKeys });
      if (how === "detached") throw new CommandError("read escape sequence");
    } finally {
      endSizes();
      process.close();
    }
    return (await engine.exec.inspect(Id)).ExitCode ?? 0;
  },
});
