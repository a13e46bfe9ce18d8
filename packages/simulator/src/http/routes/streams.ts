import { type ContainerWaitResponse, EngineError, engineError, type LogsOptions } from "@dryharbor/sdk/port";
import { isOlder } from "../../core/api-version.js";
import type { Container } from "../../core/containers/container.js";
import { findContainer } from "../../core/containers/find.js";
import type { Release } from "../../core/releases/release.js";
import { attachable } from "../../engine/attach.js";
import { checkLogs, readJsonLogs, readLogs } from "../../engine/logs.js";
import { waitFor } from "../../engine/wait.js";
import { accepted } from "../accept.js";
import { json } from "../answer.js";
import type { Call } from "../call.js";
import { frame, streamType } from "../frames.js";
import { line, lines, records } from "../lines.js";
import type { HttpResponse } from "../message.js";
import { get, post, type Route } from "../route.js";
import { takeOver } from "../take-over.js";
import { webSocket } from "../websocket/take-over.js";

/** Routes for the output of containers and for their end: attach, logs and wait. */
export const streamRoutes: readonly Route[] = [
  get("/containers/{name:.*}/attach/ws", attachWebSocket),
  get("/containers/{name:.*}/logs", logs),
  post("/containers/{name:.*}/attach", attach),
  post("/containers/{name:.*}/wait", wait),
];

function attach(call: Call): HttpResponse {
  const { query } = call;
  try {
    const target = attachable(call.session, call.variable("name"), {
      logs: query.bool("logs"),
      stream: query.bool("stream"),
      stdin: query.bool("stdin"),
      stdout: query.bool("stdout"),
      stderr: query.bool("stderr"),
      detachKeys: query.text("detachKeys"),
    });
    return { ...takeOver(call, target, target.open), bare: true };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return refusal(error);
  }
}

function attachWebSocket(call: Call): HttpResponse {
  const { query, apiVersion } = call;
  // Before API 1.42 all streams are attached, whatever is asked for.
  const all = isOlder(apiVersion, "1.42");
  const { open } = attachable(call.session, call.variable("name"), {
    logs: query.bool("logs"),
    stream: query.bool("stream"),
    stdin: all || query.bool("stdin"),
    stdout: all || query.bool("stdout"),
    stderr: all || query.bool("stderr"),
    detachKeys: query.text("detachKeys"),
  });
  return webSocket(call.request, !isOlder(apiVersion, "1.28"), open);
}

/**
 * Answers an attach that is refused. The engine has taken over the connection by then, so it writes the error
 * past its HTTP server.
 */
function refusal({ status, message }: EngineError): HttpResponse {
  return {
    status,
    headers: { "Content-Type": streamType(true, false) },
    bare: true,
    takeOver(connection) {
      connection.write(new TextEncoder().encode(`${message}\r\n`));
      connection.end();
    },
  };
}

function logs(call: Call): HttpResponse {
  const { daemon, session, query, apiVersion, request } = call;
  const name = call.variable("name");
  const options: LogsOptions = {
    stdout: query.bool("stdout"),
    stderr: query.bool("stderr"),
    follow: query.bool("follow"),
    timestamps: query.bool("timestamps"),
    details: query.bool("details"),
    since: query.text("since"),
    until: query.text("until"),
    tail: query.text("tail") as "all",
    abortSignal: request.signal,
  };
  const type = jsonLogType(call, options);
  if (type !== undefined) {
    const shown = readJsonLogs(session, name, options);
    const body =
      type === "application/json-seq" ? records(daemon.release, shown) : lines(daemon.release, shown);
    return { status: 200, headers: { "Content-Type": type }, body };
  }
  const chunks = readLogs(session, name, options);
  const tty = findContainer(daemon, name).config.Tty === true;
  const { tellsTypeOfLogs } = daemon.release.requests;
  return {
    status: 200,
    headers: tellsTypeOfLogs ? { "Content-Type": streamType(tty, !isOlder(apiVersion, "1.42")) } : {},
    body: bytesOf(chunks, (chunk) => (tty ? chunk.data : frame(chunk))),
  };
}

/** Returns the type of logs in JSON, where the client asks for such; `undefined` for the usual streams. @throws 400 */
function jsonLogType({ daemon, query, apiVersion, request }: Call, options: LogsOptions): string | undefined {
  const { jsonLogsSince } = daemon.release.requests;
  const { streamTypes } = daemon.release.events;
  if (jsonLogsSince === undefined || isOlder(apiVersion, jsonLogsSince) || !streamTypes) return undefined;
  const format = query.text("format");
  const type = accepted(request.headers.accept, streamTypes.offered);
  if (format === "") return type;
  checkLogs(daemon.release, options);
  if (format !== "json") throw engineError(400, "unsupported log format");
  return type ?? streamTypes.usual;
}

async function wait(call: Call): Promise<HttpResponse> {
  const { daemon, query, apiVersion, request } = call;
  // From API 1.30 on, the condition is read, and the answer's head is sent at once.
  const old = isOlder(apiVersion, "1.30");
  const condition = old ? "" : query.text("condition");
  const name = call.variable("name");
  const { signal } = request;
  const end = waitFor(daemon, name, condition, (cleanUp) =>
    signal.addEventListener("abort", cleanUp, { once: true }),
  );
  const answer = Promise.race([afterOutput(call, findContainer(daemon, name), end), canceled(signal)]);
  if (old) return json(await answer);
  return {
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: answered(daemon.release, answer),
  };
}

/**
 * How long the engine lets attached clients read the last output of a process, in milliseconds (moby
 * daemon/monitor.go).
 */
const readingTime = 2000;

/**
 * The time that an engine needs to clean up after a process, in milliseconds. A client with two connections
 * that hears of the end on both at once may look at the wrong one first. The client's time passes here, not
 * the containers', so this pause also ends when virtual time stands still.
 */
const cleanUpTime = 5;

/**
 * Resolves with the end of a process once its output has been read, since only then the engine reports it.
 */
async function afterOutput<T>({ runtime, session }: Call, container: Container, end: Promise<T>): Promise<T> {
  const answer = await end;
  const allRead = runtime.allRead(container);
  if (allRead) {
    await new Promise<void>((resolve) => {
      const cancel = session.time.after(readingTime, resolve);
      void allRead.then(() => {
        cancel();
        setTimeout(resolve, cleanUpTime);
      });
    });
  }
  return answer;
}

/**
 * Resolves with the answer to a client that has closed its side, which the engine takes for a disconnect.
 */
function canceled(signal: AbortSignal): Promise<ContainerWaitResponse> {
  return new Promise((resolve) => {
    const answer = () => resolve({ Error: { Message: "context canceled" }, StatusCode: -1 });
    signal.addEventListener("abort", answer, { once: true });
  });
}

/**
 * Returns a body of one line, sent when the answer is known. It also reaches a client that has closed its
 * side, so the iterator has no `return`.
 */
function answered(release: Release, answer: Promise<object>): AsyncIterable<Uint8Array> {
  let told = false;
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (told) return { done: true, value: undefined };
        told = true;
        return { done: false, value: line(release, await answer) };
      },
    }),
  };
}

async function* bytesOf<T>(
  items: AsyncIterable<T>,
  bytes: (item: T) => Uint8Array,
): AsyncIterable<Uint8Array> {
  for await (const item of items) yield bytes(item);
}
