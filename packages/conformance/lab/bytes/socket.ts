import { connect } from "node:net";
import type { Send } from "../../src/bytes/session.js";
import { archiveLines, isArchive } from "../../src/commands/archive-lines.js";

/**
 * Sends each request on a unix socket and a connection of its own, so that no client library adds anything.
 */
export function overSocket(path: string): Send {
  return ({ method, target, headers, body }) =>
    new Promise((resolve, reject) => {
      const content = Buffer.from(body ?? "");
      const lines = [
        `${method} ${target} HTTP/1.1`,
        "Host: d",
        "Connection: close",
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        ...(body === undefined ? [] : [`Content-Length: ${content.length}`]),
      ];
      const socket = connect(path);
      const pieces: Buffer[] = [];
      socket.setTimeout(30_000, () => socket.destroy(new Error(`no answer to ${method} ${target}`)));
      socket.on("data", (piece) => pieces.push(piece));
      socket.on("error", reject);
      socket.on("close", () => resolve(answerOf(Buffer.concat(pieces))));
      socket.write(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), content]));
    });
}

function answerOf(bytes: Buffer) {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(": ");
    return [line.slice(0, colon), line.slice(colon + 2)] as const;
  });
  const rest = bytes.subarray(end + 4);
  const chunked = headers.some(([name, value]) => name === "Transfer-Encoding" && value === "chunked");
  const whole = chunked ? joined(rest) : rest;
  const status = Number(first.split(" ")[1]);
  return { status, headers, body: isArchive(status, headers) ? archiveLines(whole) : whole.toString() };
}

function joined(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf("\r\n", at);
    const length = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    if (end < 0 || !(length > 0)) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}
