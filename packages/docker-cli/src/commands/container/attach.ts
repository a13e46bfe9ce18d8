// `docker attach`.
import type { ContainerInspect, Engine } from "@dryharbor/sdk/port";
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import { asking } from "../../command/no-such.js";
import { isIn, type Release } from "../../releases.js";
import { attach } from "../../streams/attach.js";
import { checkTerminal } from "../../streams/check-terminal.js";
import { connect } from "../../streams/connect.js";
import { checkDetachKeys } from "../../streams/detach-keys.js";
import { passingSignals } from "../../streams/signals.js";
import { followSize, terminalSize } from "../../streams/terminal-size.js";

export const containerAttach = command({
  name: "attach",
  short: "Attach local standard input, output, and error streams to a running container",
  usage: "[OPTIONS] CONTAINER",
  arguments: exactly(1),
  completes: "running container",
  flags: { "detach-keys": text(), "no-stdin": toggle(), "sig-proxy": toggle(undefined, { initial: true }) },
  async run({ engine, io, flags, release, session, arguments: [name = ""] }) {
    const detachKeys = flags["detach-keys"] || String(session.configuration().detachKeys ?? "");
    checkDetachKeys(detachKeys, release);
    const given = new AbortController();
    const ended = engine.containers.wait(name, { abortSignal: given.signal });
    ended.catch(() => {});
    const { Config } = await running(engine, release, name);
    const tty = Config.Tty === true;
    checkTerminal(io, release, !flags["no-stdin"], tty);
    const stdin = !flags["no-stdin"] && Config.OpenStdin === true;
    const stay = async (): Promise<number> => {
      let endSizes = (): void => {};
      try {
        const process = await attach(engine, name, {
          stream: true,
          stdin,
          stdout: true,
          stderr: true,
          ...(detachKeys !== "" && { detachKeys }),
        });
        try {
          await running(engine, release, name);
          if (tty && io.isTerminal.stdout) {
            // A program draws its screen anew when the size changes: so it is first made a little larger.
            const { h, w } = terminalSize(io);
            await engine.containers.resize(name, { h: h + 1, w: w + 1 }).catch(() => {});
            endSizes = followSize(io, (size) => engine.containers.resize(name, size));
          }
          const how = await connect(io, process, { tty, input: stdin, detachKeys });
          if (how === "detached") throw new CommandError("read escape sequence");
          return (await ended).StatusCode;
        } finally {
          process.close();
        }
      } finally {
        given.abort();
        endSizes();
      }
    };
    if (!flags["sig-proxy"] || tty) return await stay();
    return await passingSignals({ io, engine, release, container: name }, stay);
  },
});

/** Returns a container that runs. @throws {CommandError} it does not */
async function running(engine: Engine, release: Release, name: string): Promise<ContainerInspect> {
  const container = await asking(release, "container", name, () => engine.containers.inspect(name));
  const { Running, Paused, Restarting } = container.State;
  const cannot = isIn(release, { since: "29" }) ? "cannot" : "You cannot";
  if (!Running) throw new CommandError(`${cannot} attach to a stopped container, start it first`);
  if (Paused) throw new CommandError(`${cannot} attach to a paused container, unpause it first`);
  if (Restarting) {
    throw new CommandError(`${cannot} attach to a restarting container, wait until it is running`);
  }
  return container;
}
