import { connect } from "node:net";
import type { Exchange, Peer, Request } from "./peer.js";
import type { Headers } from "./scenario.js";

/** A peer that is an engine on a unix socket. Requests are written byte for byte. */
export function socketPeer(path: string): Peer {
  return { request: (request) => exchange(path, request) };
}

function exchange(path: string, { method, target, headers, body }: Request): Exchange {
  const socket = connect({ path, allowHalfOpen: true });
  const lines = Object.entries({ Host: "d", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);

  let bytes = Buffer.alloc(0);
  let parsed: { status: number; reason: string; headers: Headers } | undefined;
  let chunked = false;
  let length = Number.POSITIVE_INFINITY;
  let start = 0;
  const head = deferred<{ status: number; reason: string; headers: Headers }>();
  const ended = deferred<void>();

  socket.on("data", (data) => {
    bytes = Buffer.concat([bytes, data]);
    if (!parsed) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      parsed = parseHead(bytes.subarray(0, end).toString("latin1"));
      start = end + 4;
      chunked = parsed.headers["Transfer-Encoding"] === "chunked";
      length = Number(parsed.headers["Content-Length"] ?? Number.POSITIVE_INFINITY);
      if (parsed.status === 204 || parsed.status === 304 || method === "HEAD") length = 0;
      head.resolve(parsed);
    }
    const whole = chunked ? unchunked(bytes.subarray(start)).last : bytes.length - start >= length;
    if (whole) {
      socket.destroy();
      ended.resolve();
    }
  });
  const over = (error?: Error): void => {
    if (!parsed) head.reject(error ?? new Error("the connection ended before the answer"));
    ended.resolve();
  };
  socket.on("end", () => {
    over();
    socket.end();
  });
  socket.on("error", over);
  socket.on("close", () => over());

  return {
    head: head.promise,
    received() {
      const rest = bytes.subarray(start);
      if (!parsed) return new Uint8Array();
      return chunked ? unchunked(rest).data : rest;
    },
    ended: ended.promise,
    send: (text) => socket.write(Buffer.from(text, "latin1")),
    halfClose: () => socket.end(),
    leave: () => socket.destroy(),
  };
}

function parseHead(text: string): { status: number; reason: string; headers: Headers } {
  const [line = "", ...fields] = text.split("\r\n");
  const [, status, reason = ""] = /^HTTP\/1\.1 (\d+) ?(.*)$/.exec(line) ?? [];
  const headers = fields.map((field) => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  return { status: Number(status), reason, headers: Object.fromEntries(headers) };
}

function unchunked(bytes: Uint8Array): { readonly data: Uint8Array; readonly last: boolean } {
  const buffer = Buffer.from(bytes);
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = buffer.indexOf("\r\n", at);
    if (end < 0) break;
    const size = Number.parseInt(buffer.subarray(at, end).toString("latin1"), 16);
    if (size === 0) return { data: Buffer.concat(pieces), last: true };
    if (buffer.length < end + 2 + size) break;
    pieces.push(buffer.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return { data: Buffer.concat(pieces), last: false };
}

export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
