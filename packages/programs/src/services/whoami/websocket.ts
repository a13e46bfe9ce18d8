// The server's side of a websocket that sends back what it gets (RFC 6455).

import type { ProcessContext } from "@dryharbor/kernel";
import { joined } from "../../bytes.js";
import { sha1 } from "../../digests/sha1.js";
import { headerOf } from "../../http/head.js";
import type { IncomingRequest } from "../../http/messages.js";
import type { Reader } from "../../http/reader.js";

const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const ofHandshakes = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Returns why a request is no handshake, in the words of gorilla/websocket; `undefined` for one that is. */
export function problemOfHandshake({ method, head }: IncomingRequest): string | undefined {
  const said = "the client is not using the websocket protocol: ";
  const hasToken = (name: string, token: string): boolean =>
    (headerOf(head, name) ?? "")
      .toLowerCase()
      .split(",")
      .some((each) => each.trim() === token);
  if (!hasToken("connection", "upgrade")) return `${said}'upgrade' token not found in 'Connection' header`;
  if (!hasToken("upgrade", "websocket")) return `${said}'websocket' token not found in 'Upgrade' header`;
  if (method !== "GET") return `${said}request method is not GET`;
  if (!hasToken("sec-websocket-version", "13"))
    return "unsupported version: 13 not found in 'Sec-Websocket-Version' header";
  const key = headerOf(head, "sec-websocket-key") ?? "";
  if (!/^[A-Za-z0-9+/]{22}==$/.test(key))
    return "not a websocket handshake: 'Sec-WebSocket-Key' header must be Base64 encoded value of 16-byte in length";
  return undefined;
}

/** Returns the value of `Sec-WebSocket-Accept`. */
export function acceptanceOf({ head }: IncomingRequest): string {
  const digest = sha1(new TextEncoder().encode(`${headerOf(head, "sec-websocket-key")}${ofHandshakes}`));
  return btoa(String.fromCharCode(...digest));
}

/** Sends messages back until the client closes. Prints each as the program does. */
export async function echo(
  { stdout }: ProcessContext,
  { connection }: IncomingRequest,
  reader: Reader,
): Promise<void> {
  let message: Uint8Array[] = [];
  let kind: number = opcodes.binary;
  for (;;) {
    const frame = await readFrame(reader);
    if (!frame) return;
    const { opcode, isLast, data } = frame;
    if (opcode === opcodes.ping) await connection.write(frameOf(opcodes.pong, data));
    if (opcode === opcodes.close) {
      await connection.write(frameOf(opcodes.close, data.subarray(0, 2)));
      return;
    }
    if (opcode > opcodes.binary) continue;
    if (opcode !== opcodes.continuation) kind = opcode;
    message.push(data);
    if (!isLast) continue;
    const whole = joined(message);
    message = [];
    stdout(`Received b:${[...whole].map((byte) => `${byte},`).join("")}\n`);
    await connection.write(frameOf(kind, whole));
  }
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly data: Uint8Array;
}

/** Reads a frame. Resolves to `undefined` at the end, and where a client breaks the protocol. */
async function readFrame(reader: Reader): Promise<Frame | undefined> {
  const start = await exactly(reader, 2);
  const [first = 0, second = 0] = start ?? [];
  // Clients mask what they send.
  if (!start || (second & 0x80) === 0) return undefined;
  let length = second & 0x7f;
  if (length >= 126) {
    const more = await exactly(reader, length === 126 ? 2 : 8);
    if (!more) return undefined;
    length = more.reduce((value, byte) => value * 256 + byte, 0);
  }
  const mask = await exactly(reader, 4);
  const data = mask && (await exactly(reader, length));
  if (!mask || !data) return undefined;
  return {
    opcode: first & 15,
    isLast: (first & 0x80) !== 0,
    data: data.map((byte, at) => byte ^ (mask[at & 3] as number)),
  };
}

async function exactly(reader: Reader, length: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  for (let left = length; left > 0; ) {
    const data = await reader.some(left);
    if (!data) return undefined;
    pieces.push(data);
    left -= data.length;
  }
  return joined(pieces);
}

function frameOf(opcode: number, data: Uint8Array): Uint8Array {
  const { length } = data;
  const size = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : undefined;
  const head = size ?? [
    127,
    ...Array.from({ length: 8 }, (_, at) => Math.floor(length / 256 ** (7 - at)) & 255),
  ];
  return joined([Uint8Array.of(0x80 | opcode, ...head), data]);
}
