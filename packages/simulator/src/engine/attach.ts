import { engineError, type ProcessStream, withWebStreams } from "@dryharbor/sdk/port";
import { emitContainerEvent } from "../core/containers/events.js";
import { findContainer } from "../core/containers/find.js";
import { openLog } from "../core/containers/open-log.js";
import { restartingText } from "../core/containers/state.js";
import { detachKeysOf } from "../core/exec/detach-keys.js";
import { DetachKeys } from "../runtime/detach-keys.js";
import type { OutputTarget } from "../runtime/output-target.js";
import { openOutputStream } from "./output-stream.js";
import type { Session } from "./session.js";

/** What `POST /containers/{id}/attach` asks for. */
export interface AttachOptions {
  /** First what the log has. */
  readonly logs: boolean;
  /** Then what comes. */
  readonly stream: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Empty for the engine's own. */
  readonly detachKeys: string;
}

/** A container that may be attached to. The stream opens with {@link open}, where nothing is refused any more. */
export interface Attachable {
  readonly tty: boolean;
  /** What the client sends goes to the process. */
  readonly takesInput: boolean;
  open(signal: AbortSignal | undefined): ProcessStream;
}

const text = new TextEncoder();

/**
 * `POST /containers/{id}/attach`: also before the container runs and after, to wait for its next run.
 *
 * @param spelled the container as the request named it: errors repeat it
 * @throws 400 for keys that there are none of, 404, 409 for a paused container
 */
export function attachable(session: Session, spelled: string, options: AttachOptions): Attachable {
  const { daemon, runtime } = session;
  const keys = detachKeysOf(options.detachKeys);
  if (!keys) throw engineError(400, `Invalid detach keys (${options.detachKeys}) provided`);
  const container = findContainer(daemon, spelled);
  if (container.state.status === "paused") {
    throw engineError(409, `container ${spelled} is paused, unpause the container before attach`);
  }
  if (container.state.status === "restarting") {
    throw engineError(409, restartingText(`container ${spelled}`));
  }
  const { config } = container;
  const tty = config.Tty === true;
  const takesInput = options.stream && options.stdin && config.OpenStdin === true;

  const open = (signal: AbortSignal | undefined): ProcessStream => {
    const wanted = { stdout: options.stdout, stderr: options.stderr };
    const detachKeys = tty ? new DetachKeys(keys) : undefined;
    const streams = runtime.streams(container);
    let inputEnded = !takesInput;
    const sendsNoMore = takesInput ? streams.addSender() : (): void => {};
    let detach = (): void => {};

    /** Nothing more comes from this client. With `StdinOnce` the process sees the end of its input. */
    const endInput = (): boolean => {
      if (inputEnded) return false;
      inputEnded = true;
      sendsNoMore();
      if (config.StdinOnce !== true || tty) return true;
      streams.endInput();
      return false;
    };
    const stream = openOutputStream(session, signal, () => {
      detach();
      endInput();
    });
    if (options.logs) openLog(daemon, container);
    if (options.logs && container.hostConfig.LogConfig?.Type !== "none") {
      for (const { stream: name, data } of runtime.log(container)?.lines ?? []) {
        if (wanted[name]) stream.send({ stream: name, data: data.slice() });
      }
    }
    emitContainerEvent(daemon, container, "attach");
    // With a client that only wants what nobody asked for, the engine is done at once.
    if (!options.stream || (!takesInput && !wanted.stdout && !wanted.stderr)) {
      stream.end();
    } else {
      const target: OutputTarget = {
        data: (name, data) => {
          if (wanted[name]) stream.send({ stream: name, data });
        },
        room: stream.room,
        end: stream.end,
      };
      detach = streams.attach(target, stream.read);
    }
    return withWebStreams({
      [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
      close: stream.close,
      async write(data) {
        const room = streams.room();
        if (room) await room;
        if (inputEnded) return;
        const typed = typeof data === "string" ? text.encode(data) : data.slice();
        const { data: passed, detached } = detachKeys?.pass(typed) ?? { data: typed, detached: false };
        if (passed.length > 0) streams.write(passed);
        if (detached) {
          inputEnded = true;
          sendsNoMore();
          emitContainerEvent(daemon, container, "detach");
          stream.end();
        }
      },
      // A process whose input stays open for others is let go of.
      async end() {
        if (endInput()) stream.end();
      },
    });
  };
  return { tty, takesInput, open };
}
