import { request } from "node:http";
import type { Simulator } from "@dryharbor/simulator";
import type { Ask } from "./outcome.js";

/** Asks a real engine on a unix socket. */
export function askSocket(socketPath: string): Ask {
  return (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      // A connection that an engine is about to close is not used again.
      const options = { socketPath, method, path, headers: { Host: "d", ...headers }, agent: false };
      const sent = request(options, (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
        );
        // An engine that fails in the middle of an answer breaks it off.
        answer.on("error", () => resolve({ status: 0, text: "" }));
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "ECONNRESET") resolve({ status: 0, text: "" });
        // An engine that answers before it has read everything may close meanwhile. Its answer is on its way.
        else if (error.code === "EPIPE") setTimeout(() => resolve({ status: 0, text: "" }), 1000);
        else reject(error);
      });
      sent.end(body);
    });
}

/** Asks a simulator, without a connection. */
export function askSimulator(simulator: Simulator): Ask {
  return async (method, path, headers, body) => {
    const request = new Request(`http://d${path}`, {
      method,
      headers,
      ...(method !== "GET" && { body: body as Uint8Array<ArrayBuffer> }),
    });
    try {
      const answer = await simulator.fetch(request);
      return { status: answer.status, text: await answer.text() };
    } catch {
      return { status: 0, text: "" };
    }
  };
}
