import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Requests as they go over the wire, each with the length of its answer, once that is known. */
export interface Wire {
  readonly requests: readonly { readonly bytes: Buffer; readonly answer: number }[];
}

export function requestBytes(method: string, path: string, body?: object): Buffer {
  const text = body ? JSON.stringify(body) : "";
  const type = body ? `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n` : "";
  return Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: docker\r\n${type}\r\n${text}`);
}

/** Sends one request, and reads all of its answer. */
export async function ask(socketPath: string, bytes: Buffer): Promise<Buffer> {
  const socket = connect(socketPath);
  socket.write(bytes);
  let seen = Buffer.alloc(0);
  try {
    for await (const data of socket) {
      seen = Buffer.concat([seen, data]);
      if (isWhole(seen.toString("latin1"))) return seen;
    }
    throw new Error(`the answer broke off: ${seen}`);
  } finally {
    socket.destroy();
  }
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /^Content-Length: (\d+)/im.exec(answer.slice(0, end))?.[1];
  if (length !== undefined) return answer.length >= end + 4 + Number(length);
  return /^Transfer-Encoding: chunked/im.test(answer.slice(0, end)) ? answer.endsWith("0\r\n\r\n") : true;
}

/**
 * Sends requests one after another on some connections at once, for a time. Answers are counted by their length, which
 * is known, so that the client costs little.
 *
 * @returns requests a second
 */
export async function requestsPerSecond(
  socketPath: string,
  { requests }: Wire,
  connections: number,
  milliseconds: number,
): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(socketPath)));
  const began = performance.now();
  const until = began + milliseconds;
  let answered = 0;
  const run = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let at = 0;
      let missing = 0;
      const next = (): void => {
        const { bytes, answer } = requests[at]!;
        at = (at + 1) % requests.length;
        missing = answer;
        socket.write(bytes);
      };
      socket.on("data", (data) => {
        missing -= data.length;
        if (missing > 0) return;
        if (missing < 0) reject(new Error(`an answer is longer than it was: ${data}`));
        answered++;
        // A round of requests is ended, so that all is as it was.
        if (at === 0 && performance.now() >= until) resolve();
        else next();
      });
      socket.on("error", reject);
      next();
    });
  await Promise.all(sockets.map(run));
  const seconds = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.destroy();
  return answered / seconds;
}

async function opened(socketPath: string): Promise<Socket> {
  const socket = connect(socketPath);
  await once(socket, "connect");
  return socket;
}
