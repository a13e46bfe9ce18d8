import { engineError, type LogsOptions, type OutputChunk } from "@dryharbor/sdk/port";
import { formatFixedTime, formatTime } from "../core/clock.js";
import { type Container, isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { logDriverFailure } from "../core/containers/log-driver.js";
import { openLog } from "../core/containers/open-log.js";
import type { Release } from "../core/releases/release.js";
import { readUnixTime } from "../core/unix-time.js";
import type { LogLine } from "../runtime/log.js";
import { logAttributes, logDetails } from "./log-details.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";
import { openStream } from "./stream.js";

const text = new TextEncoder();

/** `GET /containers/{id}/logs`: what there is and, to follow, what comes until the container ends. */
export function readLogs(session: Session, ref: string, options: LogsOptions): AsyncIterable<OutputChunk> {
  const { timestamps = false } = options;
  return logStream(session, ref, options, (container) => {
    const details = options.details ? `${logDetails(session.daemon.release, container)} ` : "";
    return ({ time: at, stream, data }) => {
      const prefix = (timestamps ? `${formatFixedTime(at)} ` : "") + details;
      return { stream, data: prefix === "" ? data.slice() : prefixed(prefix, data) };
    };
  });
}

/** A line of a log as the API shows it in JSON (moby: server/httputils/logstream). */
export interface JsonLogLine {
  readonly Line: string;
  readonly Source: string;
  readonly Timestamp: string;
  readonly Attrs?: readonly { readonly Key: string; readonly Value: string }[];
}

/** The same as {@link readLogs}, each line as an object. */
export function readJsonLogs(
  session: Session,
  ref: string,
  options: LogsOptions,
): AsyncIterable<JsonLogLine> {
  return logStream(session, ref, options, (container) => {
    const found = options.details ? logAttributes(session.daemon.release, container) : [];
    const attributes = found.map(([Key, Value]) => ({ Key, Value }));
    return ({ time: at, stream, data }) => ({
      Line: new TextDecoder().decode(data),
      Source: stream,
      Timestamp: formatTime(at),
      ...(attributes.length > 0 && { Attrs: attributes }),
    });
  });
}

function logStream<T extends object>(
  session: Session,
  ref: string,
  { stdout = true, stderr = true, follow = false, ...options }: LogsOptions,
  showing: (container: Container) => (line: LogLine) => T,
): AsyncIterable<T> {
  const { daemon, runtime, time } = session;
  checkLogs(daemon.release, { stdout, stderr, ...options });
  const container = findContainer(daemon, containerReference(ref));
  if (container.hostConfig.LogConfig?.Type === "none") {
    throw engineError(501, "configured logging driver does not support reading");
  }
  const failure = isRunning(container) ? undefined : logDriverFailure(daemon.release, container.hostConfig);
  if (failure !== undefined) throw engineError(500, failure);
  openLog(daemon, container);
  const [since, until] = readTimes(daemon.release, options);

  const show = showing(container);
  let release = (): void => {};
  const stream = openStream<T>(session, options.abortSignal, () => release());
  const pass = (line: LogLine): void => {
    if (line.time < since || (until > 0n && line.time > until)) return;
    if (line.stream === "stdout" ? !stdout : !stderr) return;
    stream.send(show(line));
  };
  for (const line of tail(runtime.log(container)?.lines ?? [], options.tail)) pass(line);
  if (follow && isRunning(container)) {
    const unfollow = runtime.openLog(container).follow(pass, stream.end);
    const left = Number(until - time.now()) / 1e6;
    const cancel = until > 0n ? time.after(Math.max(0, left), stream.end) : () => {};
    release = () => {
      unfollow();
      cancel();
    };
  } else {
    stream.end();
  }
  return { [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() };
}

/** Checks what an engine checks before it looks for the container. @throws 400 */
export function checkLogs(
  release: Release,
  { stdout = true, stderr = true, ...times }: Pick<LogsOptions, "stdout" | "stderr" | "since" | "until">,
): void {
  const { noStreamOfLogs, readsTimesOfLogsFirst } = release.requests;
  if (!stdout && !stderr) throw engineError(400, noStreamOfLogs);
  if (readsTimesOfLogsFirst) readTimes(release, times);
}

/** The engine counts lines before it looks at anything else of them; what is no number is all. */
function tail(lines: readonly LogLine[], count: LogsOptions["tail"]): readonly LogLine[] {
  const spelled = String(count ?? "");
  if (!/^\+?\d+$/.test(spelled)) return lines;
  const number = Number(spelled);
  return number === 0 ? [] : lines.slice(-number);
}

function readTimes(
  release: Release,
  { since, until }: Pick<LogsOptions, "since" | "until">,
): readonly [since: bigint, until: bigint] {
  return [readTime(release, '"since"', since), readTime(release, '"until"', until)];
}

function readTime(release: Release, name: string, given: string | number | undefined): bigint {
  const spelled = String(given ?? "");
  return spelled === "" ? 0n : readUnixTime(release, name, spelled);
}

function prefixed(before: string, data: Uint8Array): Uint8Array {
  const prefix = text.encode(before);
  const line = new Uint8Array(prefix.length + data.length);
  line.set(prefix);
  line.set(data, prefix.length);
  return line;
}
