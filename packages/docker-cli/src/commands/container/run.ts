// `docker run`.

import type { ContainerCreateRequest } from "@dryharbor/sdk/port";
import { atLeast } from "../../command/arguments.js";
import { type Call, command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import { createContainer } from "../../create/create-container.js";
import { creationFlags } from "../../create/flags.js";
import { type CreationFlags, checkPullPolicy, checkReached, creationRequest } from "../../create/request.js";
import { isIn } from "../../releases.js";
import { attach } from "../../streams/attach.js";
import { checkTerminal } from "../../streams/check-terminal.js";
import { connect, logLine } from "../../streams/connect.js";
import { checkDetachKeys } from "../../streams/detach-keys.js";
import { exitCodeOf } from "../../streams/exit-code.js";
import { passingSignals } from "../../streams/signals.js";
import { followSize } from "../../streams/terminal-size.js";
import { runFailure } from "./run-failure.js";

type RunCall = Call<CreationFlags & RunFlags>;

interface RunFlags {
  readonly detach: boolean;
  readonly "detach-keys": string;
  readonly "sig-proxy": boolean;
}

export const containerRun = command({
  name: "run",
  short: {
    "20.10": "Run a command in a new container",
    "26.1": "Create and run a new container from an image",
  },
  usage: "[OPTIONS] IMAGE [COMMAND] [ARG...]",
  heading: "Common Commands",
  arguments: atLeast(1),
  interspersed: false,
  completes: "image",
  flags: {
    ...creationFlags,
    detach: toggle("d"),
    "detach-keys": text(),
    "sig-proxy": toggle(undefined, { initial: true }),
  },
  async run(call) {
    const { io, flags, release, session } = call;
    let request: ContainerCreateRequest;
    try {
      checkPullPolicy(flags.pull, release);
    } catch (error) {
      throw runFailure(error, "command line", session);
    }
    await checkReached(call);
    try {
      request = creationRequest(call);
    } catch (error) {
      throw runFailure(error, "command line", session);
    }
    if (!flags.detach) checkTerminal(io, release, request.AttachStdin === true, request.Tty === true);
    else {
      if (flags.attach.length > 0) {
        throw new CommandError(
          isIn(release, { since: "28.5" })
            ? "conflicting options: cannot specify both --attach and --detach"
            : "Conflicting options: -a and -d",
        );
      }
      request = {
        ...request,
        AttachStdin: false,
        AttachStdout: false,
        AttachStderr: false,
        StdinOnce: false,
      };
    }
    checkDetachKeys(flags["detach-keys"], release);
    let id: string;
    try {
      id = await createContainer(call, request);
    } catch (error) {
      throw runFailure(error, "create", session);
    }
    const stay = () => runCreated(call, request, id);
    if (!flags["sig-proxy"]) return await stay();
    return await passingSignals({ io, engine: call.engine, release, container: id }, stay);
  },
});

/** Starts the container, and stays with it unless it runs in the background. @returns the exit code */
async function runCreated(call: RunCall, request: ContainerCreateRequest, id: string): Promise<number> {
  const { engine, io, flags, release, session } = call;
  const { AttachStdin: stdin = false, AttachStdout: stdout = false, AttachStderr: stderr = false } = request;
  const attaches = stdin || stdout || stderr;
  if (!stdout && !stderr && (!attaches || isIn(release, { until: "28.5" }))) io.stdout(`${id}\n`);
  const detachKeys = flags["detach-keys"] || String(session.configuration().detachKeys ?? "");
  const process = attaches
    ? await attach(engine, id, {
        stream: true,
        stdin,
        stdout,
        stderr,
        ...(detachKeys !== "" && { detachKeys }),
      })
    : undefined;
  const code = process ? exitCodeOf(engine, id, flags.rm ? "removed" : "next-exit") : undefined;
  try {
    await engine.containers.start(id);
  } catch (error) {
    process?.close();
    const failure = runFailure(error, "start", session);
    if (release.name !== "20.10" || !process) throw failure;
    // The command of this release tells of what it has given up itself.
    io.stderr(
      `${failure.message}\n${logLine(io, "error", "error waiting for container: context canceled")}\n`,
    );
    return failure.exitCode;
  }
  if (!process || !code) return 0;
  const tty = request.Tty === true;
  const endSizes =
    tty && io.isTerminal.stdout ? followSize(io, (size) => engine.containers.resize(id, size)) : () => {};
  try {
    const how = await connect(io, process, { tty, input: stdin, detachKeys });
    if (how === "detached") return 0;
    if (!stdout && !stderr && isIn(release, { until: "28.5" })) return 0;
    return await code.afterOutput();
  } finally {
    endSizes();
    process.close();
  }
}
