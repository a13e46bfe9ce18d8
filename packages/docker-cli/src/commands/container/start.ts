// `docker start`.
import { atLeast } from "../../command/arguments.js";
import { type Call, command } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { isIn } from "../../releases.js";
import { attach } from "../../streams/attach.js";
import { connect } from "../../streams/connect.js";
import { checkDetachKeys } from "../../streams/detach-keys.js";
import { exitCodeOf } from "../../streams/exit-code.js";
import { passingSignals } from "../../streams/signals.js";
import { followSize } from "../../streams/terminal-size.js";

export const containerStart = command({
  name: "start",
  short: "Start one or more stopped containers",
  usage: "[OPTIONS] CONTAINER [CONTAINER...]",
  arguments: atLeast(1),
  completes: "container",
  flags: { attach: toggle("a"), "detach-keys": text(), interactive: toggle("i") },
  async run(call) {
    const { engine, io, flags, release, session, arguments: names } = call;
    const detachKeys = flags["detach-keys"] || String(session.configuration().detachKeys ?? "");
    checkDetachKeys(detachKeys, release);
    if (flags.attach || flags.interactive) return attached(call, detachKeys);
    const failed: string[] = [];
    for (const name of names) {
      try {
        await engine.containers.start(name);
        io.stdout(`${name}\n`);
      } catch (error) {
        io.stderr(`${messageOf(error, session)}\n`);
        failed.push(name);
      }
    }
    if (failed.length === 0) return 0;
    const begin = isIn(release, { since: "29" }) ? "failed" : "Error: failed";
    throw new CommandError(`${begin} to start containers: ${failed.join(", ")}`);
  },
});

async function attached(
  { engine, io, flags, release, arguments: names }: Call<{ readonly interactive: boolean }>,
  detachKeys: string,
): Promise<number> {
  if (names.length > 1) throw new CommandError("you cannot start and attach multiple containers at once");
  const { Id, Config, HostConfig } = await asking(release, "container", names[0] as string, () =>
    engine.containers.inspect(names[0] as string),
  );
  const tty = Config.Tty === true;
  const stdin = flags.interactive && Config.OpenStdin === true;
  const stay = async (): Promise<number> => {
    let endSizes = (): void => {};
    const process = await attach(engine, Id, {
      stream: true,
      stdin,
      stdout: true,
      stderr: true,
      ...(detachKeys !== "" && { detachKeys }),
    });
    try {
      const code = exitCodeOf(engine, Id, HostConfig.AutoRemove ? "removed" : "next-exit");
      await engine.containers.start(Id);
      if (tty && io.isTerminal.stdout)
        endSizes = followSize(io, (size) => engine.containers.resize(Id, size));
      const how = await connect(io, process, { tty, input: stdin, detachKeys });
      return how === "detached" ? 0 : await code.afterOutput();
    } finally {
      process.close();
      endSizes();
    }
  };
  return tty ? stay() : passingSignals({ io, engine, release, container: Id }, stay);
}
