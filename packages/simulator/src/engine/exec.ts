import type { Exec, OutputChunk } from "@dryharbor/sdk/port";
import { createExec, findStartableExec, showExec } from "../core/exec/lifecycle.js";
import type { Process } from "../runtime/process.js";
import { containerReference, reference } from "./reference.js";
import { execCreate, execStart, read } from "./request.js";
import type { Session } from "./session.js";
import { openStream } from "./stream.js";

const text = new TextEncoder();

export function simulatedExec(session: Session): Exec {
  const { daemon, runtime } = session;
  return {
    create: (container, request, options) =>
      session.call(options, () => ({
        Id: createExec(daemon, containerReference(container), read(daemon, execCreate, request)).id,
      })),

    async start(id, request = {}, options) {
      session.admit(options);
      const { Detach } = read(daemon, execStart, request);
      const exec = findStartableExec(daemon, reference(id));
      // A terminal has one output, and it is stdout: without that, there is nothing to read.
      const attached = { stdout: exec.attachStdout, stderr: exec.attachStderr };
      // Then the stream carries nothing but input, and lasts as long as that, whatever becomes of the process.
      const onlyInput = exec.attachStdin && !exec.attachStdout && !exec.attachStderr;
      let process: Process | undefined;
      let ended = false;
      // Whoever lets go of a process leaves it running, with no more to read.
      const stream = openStream<OutputChunk>(session, options?.signal, () => process?.endInput());
      try {
        process = runtime.startExec(exec, {
          data: (name, data) => {
            if (attached[name]) stream.send({ stream: name, data });
          },
          end() {
            ended = true;
            if (!onlyInput) stream.end();
          },
        });
      } catch (error) {
        if (Detach) throw error;
        // The engine has opened the stream by now, so it says it there.
        stream.send({ stream: "stdout", data: text.encode(`${(error as Error).message}\r\n`) });
        stream.end();
      }
      // Attached to nothing: the engine does not wait for the end. Seen on 20.10 and 28.5.
      const nothing = !exec.attachStdin && !exec.attachStdout && !exec.attachStderr;
      if (Detach || nothing) stream.end();
      return {
        [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
        close: stream.close,
        async write(data) {
          if (exec.attachStdin) process?.write(typeof data === "string" ? text.encode(data) : data.slice());
          if (ended) stream.end();
        },
        async end() {
          process?.endInput();
          if (onlyInput) stream.end();
        },
      };
    },

    inspect: (id, options) => session.call(options, () => showExec(daemon, reference(id))),
  };
}
