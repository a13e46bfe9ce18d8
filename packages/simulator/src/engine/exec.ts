import { sigkill } from "@dryharbor/kernel/host";
import { type Exec, withWebStreams } from "@dryharbor/sdk/port";
import { base64Bytes } from "../core/base64.js";
import { createExec, failExec, findUsableExec, showExec } from "../core/exec/lifecycle.js";
import { execCreate, execStart } from "../requests/bodies/exec.js";
import { readValue } from "../requests/body.js";
import { DetachKeys } from "../runtime/detach-keys.js";
import type { ExecProcess } from "../runtime/exec-process.js";
import { openOutputStream } from "./output-stream.js";
import { containerReference, reference } from "./reference.js";
import { readTerminalSize, resizeExec } from "./resize.js";
import type { Session } from "./session.js";

const text = new TextEncoder();

export function simulatedExec(session: Session): Exec {
  const { daemon, runtime } = session;
  return {
    create: (container, request, options) =>
      session.call(options, () => ({
        Id: createExec(daemon, containerReference(container), readValue(daemon.release, execCreate, request))
          .id,
      })),

    async start(id, request = {}, options) {
      session.admit(options);
      if (session.loading) await session.programsLoaded(options);
      const { Detach, ConsoleSize } = readValue(daemon.release, execStart, request);
      const exec = findUsableExec(daemon, reference(id));
      if (ConsoleSize) exec.consoleSize = ConsoleSize;
      // A terminal has one output, and it is stdout: without that, there is nothing to read.
      const attached = { stdout: exec.attachStdout, stderr: exec.attachStderr };
      // Then the stream carries nothing but input, and lasts as long as that, whatever becomes of the process.
      const onlyInput = exec.attachStdin && !exec.attachStdout && !exec.attachStderr;
      const keys = exec.tty ? new DetachKeys([...base64Bytes(exec.detachKeys)]) : undefined;
      let process: ExecProcess | undefined;
      let ended = false;
      // Whoever lets go of a process leaves it running, with no more to read.
      const stream = openOutputStream(session, options?.abortSignal, () => {
        if (!exec.tty) process?.endInput();
      });
      /** The engine has opened the stream by now, so it says it there. */
      const fail = (message: string): void => {
        stream.send({ stream: "stdout", data: text.encode(`${message}\r\n`) });
        stream.end();
      };
      try {
        process = runtime.startExec(exec, {
          data: (name, data) => {
            if (attached[name]) stream.send({ stream: name, data });
          },
          room: stream.room,
          end() {
            ended = true;
            if (!onlyInput) stream.end();
          },
        });
      } catch (error) {
        if (Detach) throw error;
        fail((error as Error).message);
      }
      // Attached to nothing: the engine does not wait for the end. Seen on 20.10 and 28.5.
      const nothing = !exec.attachStdin && !exec.attachStdout && !exec.attachStderr;
      if (Detach || nothing) stream.end();
      return withWebStreams({
        [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
        close: stream.close,
        async write(data) {
          const typed = typeof data === "string" ? text.encode(data) : data.slice();
          const room = process?.process?.room();
          if (room) await room;
          if (exec.attachStdin && process && !ended) {
            const { data: passed, detached } = keys?.pass(typed) ?? { data: typed, detached: false };
            if (passed.length > 0) process.write(passed);
            if (detached) {
              const ends = failExec(daemon, exec);
              // Not what is meant, and what all three say.
              fail("exec attach failed: error on attach stdin: read escape sequence");
              if (ends) process.process?.signal(sigkill);
            }
          }
          if (ended) stream.end();
        },
        async end() {
          // A terminal has no end that could be told to the process: the engine lets go of it.
          if (exec.attachStdin && exec.tty) stream.end();
          else process?.endInput();
          if (onlyInput) stream.end();
        },
      });
    },

    resize: (id, size) =>
      session.call(size, () => resizeExec(session, reference(id), readTerminalSize(daemon, size))),

    inspect: (id, options) => session.call(options, () => showExec(daemon, reference(id))),
  };
}
