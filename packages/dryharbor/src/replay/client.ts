// Sends requests as they were recorded, to an engine's socket or to a simulator.
import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  request,
} from "node:http";
import type { Duplex } from "node:stream";
import { ConnectionError, UsageError } from "@dryharbor/sdk/port";
import { createSimulator, type ReleaseName } from "@dryharbor/simulator";
import { agent } from "@dryharbor/simulator/node";
import type { Answer, Recorded } from "./recorded.js";

export interface Client {
  /**
   * Sends a request, and resolves to the whole answer.
   *
   * @param answered called when the head of the answer is there
   * @throws {ConnectionError} the engine cannot be reached
   */
  send(
    asked: Pick<Recorded, "method" | "target" | "headers" | "body" | "sent" | "answer">,
    signal: AbortSignal,
    answered: () => void,
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** @throws {UsageError} the target is none of these */
export function clientOf(target: string): Client {
  const [, scheme, release] = /^(simulator)(?::(.*))?$/.exec(target) ?? [];
  if (scheme) {
    const simulator = createSimulator(release === undefined ? {} : { release: release as ReleaseName });
    return { send: sender({ agent: agent(simulator) as Agent }, target), close: () => simulator.close() };
  }
  const [, socketPath] = /^unix:\/\/(\/.+)$/.exec(target) ?? [];
  const [, host, port] = /^(?:tcp|http):\/\/(.+):(\d+)\/?$/.exec(target) ?? [];
  const where = socketPath ? { socketPath } : host ? { host: host.replace(/^\[|\]$/g, ""), port } : undefined;
  if (!where)
    throw new UsageError(
      `replay sends to unix:///path/docker.sock, tcp://host:port, simulator or simulator:RELEASE, not to "${target}"`,
    );
  return { send: sender({ ...where, agent: false }, target), close: async () => {} };
}

function sender(where: RequestOptions, target: string): Client["send"] {
  return (asked, signal, headCame) =>
    new Promise((resolve, reject) => {
      const { method, target: path, headers, body, sent, answer } = asked;
      const upgrade = answer.status !== 101 ? {} : { Connection: "Upgrade", Upgrade: "tcp" };
      const length = body.length > 0 ? { "Content-Length": body.length } : {};
      const call: ClientRequest = request({
        ...where,
        method,
        path,
        headers: { ...headers, ...length, ...upgrade },
        signal,
      });
      const answered = (response: IncomingMessage, pieces: AsyncIterable<Buffer>) => {
        headCame();
        return collected(pieces).then((all) =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers["content-type"] ?? "",
            body: all,
          }),
        );
      };
      call.on("response", (response) => answered(response, response).catch(reject));
      call.on("upgrade", (response, socket: Duplex, head) => {
        signal.addEventListener("abort", () => socket.destroy(), { once: true });
        socket.unshift(head);
        socket.end(sent);
        answered(response, socket).catch(reject);
      });
      call.on("error", (cause: NodeJS.ErrnoException) => {
        // The connection ended without an answer.
        if (cause.code === "ECONNRESET") resolve({ status: 0, contentType: "", body: Buffer.alloc(0) });
        else if (signal.aborted) reject(cause);
        else reject(new ConnectionError(`${target} does not answer: ${cause.message}`, { cause }));
      });
      call.end(body);
    });
}

/** Gathers what comes until it ends or breaks off. */
async function collected(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  try {
    for await (const piece of pieces) all.push(piece);
  } catch {
    // What came before is the answer.
  }
  return Buffer.concat(all);
}
