import { engineError, type LogsOptions, type OutputChunk } from "@dryharbor/sdk/port";
import { formatFixedTime } from "../core/clock.js";
import { isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { logDriverFailure } from "../core/containers/log-driver.js";
import { openLog } from "../core/containers/open-log.js";
import type { Release } from "../core/releases/release.js";
import { readUnixTime } from "../core/unix-time.js";
import type { LogLine } from "../runtime/log.js";
import { logDetails } from "./log-details.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";
import { openStream } from "./stream.js";

const text = new TextEncoder();

/** `GET /containers/{id}/logs`: what there is and, to follow, what comes until the container ends. */
export function readLogs(
  session: Session,
  ref: string,
  { stdout = true, stderr = true, follow = false, timestamps = false, ...options }: LogsOptions,
): AsyncIterable<OutputChunk> {
  const { daemon, runtime, time } = session;
  const { noStreamOfLogs, readsTimesOfLogsFirst } = daemon.release.requests;
  if (!stdout && !stderr) throw engineError(400, noStreamOfLogs);
  const readTimes = () =>
    [
      readTime(daemon.release, '"since"', options.since),
      readTime(daemon.release, '"until"', options.until),
    ] as const;
  if (readsTimesOfLogsFirst) readTimes();
  const container = findContainer(daemon, containerReference(ref));
  if (container.hostConfig.LogConfig?.Type === "none") {
    throw engineError(501, "configured logging driver does not support reading");
  }
  const failure = isRunning(container) ? undefined : logDriverFailure(daemon.release, container.hostConfig);
  if (failure !== undefined) throw engineError(500, failure);
  openLog(daemon, container);
  const [since, until] = readTimes();

  const details = options.details ? `${logDetails(daemon.release, container)} ` : "";

  let release = (): void => {};
  const stream = openStream<OutputChunk>(session, options.abortSignal, () => release());
  const pass = ({ time: at, stream: name, data }: LogLine): void => {
    if (at < since || (until > 0n && at > until)) return;
    if (name === "stdout" ? !stdout : !stderr) return;
    const prefix = (timestamps ? `${formatFixedTime(at)} ` : "") + details;
    stream.send({ stream: name, data: prefix === "" ? data.slice() : prefixed(prefix, data) });
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

/** The engine counts lines before it looks at anything else of them; what is no number is all. */
function tail(lines: readonly LogLine[], count: LogsOptions["tail"]): readonly LogLine[] {
  const spelled = String(count ?? "");
  if (!/^\+?\d+$/.test(spelled)) return lines;
  const number = Number(spelled);
  return number === 0 ? [] : lines.slice(-number);
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
