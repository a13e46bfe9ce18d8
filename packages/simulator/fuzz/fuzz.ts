import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type Attempt, attempts } from "./requests.js";

/** The result of a run. */
export interface Findings {
  readonly requests: number;
  /** The number of answers by status. */
  readonly statuses: ReadonlyMap<string, number>;
  /** Attempts after which the connection stayed open. */
  readonly hangs: readonly Buffer[];
  /** Messages of answers with status 500, each with the first attempt that caused it. */
  readonly errors: ReadonlyMap<string, Buffer>;
}

/** Messages of errors in our own code, which no engine would send. */
export const programError =
  /Cannot (read|convert|mix|access|destructure|set)|is not (a function|iterable|defined|a constructor|valid JSON)|(un)?defined\b|Maximum call stack|Invalid (array|string|time|code|Date|count|regular)|\bBigInt\b|is out of range|URI malformed|(is|are) not permitted|circular|\[object |\bNaN\b/;

/** Milliseconds that a connection may stay open after the client has closed its half. */
const patience = 20_000;

/** The number of requests after which everything that they made is removed. */
const tidyAfter = 20_000;

/** Sends malformed requests to a server and collects its faults. */
export async function fuzz(options: {
  readonly socketPath: string;
  readonly seed: number;
  readonly requests: number;
  readonly connections: number;
  /** Called from time to time, when everything has been removed. */
  readonly progress?: (requests: number) => void;
}): Promise<Findings> {
  const { socketPath } = options;
  const statuses = new Map<string, number>();
  const errors = new Map<string, Buffer>();
  const hangs: Buffer[] = [];
  const source = attempts(options.seed);
  let sent = 0;

  const worker = async (until: number): Promise<void> => {
    while (sent < until) {
      const attempt = source.next().value;
      sent += attempt.requests;
      const answer = await carryOut(socketPath, attempt);
      if (answer === undefined) {
        hangs.push(attempt.bytes);
        continue;
      }
      for (const [, status = ""] of answer.matchAll(/HTTP\/1\.[01] (\d{3}) /g)) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      for (const [, message = ""] of answer.matchAll(
        /HTTP\/1\.1 500 .*?\r\n\r\n(?:[0-9a-f]+\r\n)?([^\n]*)/gs,
      )) {
        const words = message
          .replace(/[0-9a-f]{12,}/g, "ID")
          .replace(/\d+/g, "N")
          .slice(0, 200);
        if (!errors.has(words)) errors.set(words, attempt.bytes);
      }
    }
  };
  while (sent < options.requests) {
    await prepare(socketPath);
    const until = Math.min(options.requests, sent + tidyAfter);
    await Promise.all(Array.from({ length: options.connections }, () => worker(until)));
    await tidyUp(socketPath);
    options.progress?.(sent);
  }
  return { requests: sent, statuses, hangs, errors };
}

/**
 * Carries out an attempt.
 * @returns the answer, or `undefined` if the connection stayed open
 */
async function carryOut(socketPath: string, { bytes, then }: Attempt): Promise<string | undefined> {
  const socket = connect({ path: socketPath, allowHalfOpen: true });
  // The server may break off the connection of a request that it refuses.
  socket.on("error", () => {});
  const pieces: Buffer[] = [];
  socket.on("data", (piece) => pieces.push(piece));
  const closed = once(socket, "close");
  await Promise.race([once(socket, "connect"), closed]).catch(() => {});
  if (then === "vanishes") {
    socket.write(bytes, () => socket.destroy());
    await closed;
  } else {
    socket.end(bytes);
    socket.on("end", () => socket.destroy());
    const late = setTimeout(() => socket.destroy(new Error("late")), patience);
    let hung = false;
    socket.on("error", (error) => {
      hung ||= error.message === "late";
    });
    await closed.catch(() => {});
    clearTimeout(late);
    if (hung) return undefined;
  }
  return Buffer.concat(pieces).toString("latin1");
}

async function ask(socketPath: string, method: string, path: string, body?: object): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const asked = request({ socketPath, method, path, headers, agent: false, timeout: patience });
  asked.on("timeout", () => asked.destroy(new Error(`no answer to ${method} ${path}`)));
  asked.end(body && JSON.stringify(body));
  const [response] = await once(asked, "response");
  return await text(response);
}

/** Creates a container to attach to. */
async function prepare(socketPath: string): Promise<void> {
  const config = { Image: "busybox", Cmd: ["cat"], OpenStdin: true };
  await ask(socketPath, "POST", "/images/create?fromImage=busybox&tag=latest");
  await ask(socketPath, "POST", "/containers/create?name=a", config);
  await ask(socketPath, "POST", "/containers/a/start");
}

async function tidyUp(socketPath: string): Promise<void> {
  const list = async (path: string): Promise<unknown> => JSON.parse(await ask(socketPath, "GET", path));
  for (const { Id } of (await list("/containers/json?all=1")) as { Id: string }[]) {
    await ask(socketPath, "DELETE", `/containers/${Id}?force=1&v=1`);
  }
  for (const { Id } of (await list("/networks")) as { Id: string }[]) {
    await ask(socketPath, "DELETE", `/networks/${Id}`);
  }
  const { Volumes } = (await list("/volumes")) as { Volumes: { Name: string }[] | null };
  for (const { Name } of Volumes ?? []) {
    await ask(socketPath, "DELETE", `/volumes/${encodeURIComponent(Name)}?force=1`);
  }
  for (const { Id } of (await list("/images/json?all=1")) as { Id: string }[]) {
    await ask(socketPath, "DELETE", `/images/${Id}?force=1`);
  }
}
