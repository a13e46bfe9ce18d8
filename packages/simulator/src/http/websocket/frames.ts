// WebSocket framing (RFC 6455, section 5).

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame that a client sent. */
export interface ClientFrame {
  readonly opcode: number;
  readonly data: Uint8Array;
}

/** Thrown when a client violates the protocol. */
export class ProtocolError extends Error {}

/** Returns a whole message as one frame. A server's frames are not masked. */
export function frameOf(opcode: number, data: Uint8Array): Uint8Array {
  const head = headOf(opcode, data.length);
  const bytes = new Uint8Array(head.length + data.length);
  bytes.set(head);
  bytes.set(data, head.length);
  return bytes;
}

function headOf(opcode: number, length: number): Uint8Array {
  const first = 0x80 | opcode;
  if (length < 126) return Uint8Array.of(first, length);
  const head = new DataView(new ArrayBuffer(length < 2 ** 16 ? 4 : 10));
  head.setUint8(0, first);
  head.setUint8(1, length < 2 ** 16 ? 126 : 127);
  if (length < 2 ** 16) head.setUint16(2, length);
  else head.setBigUint64(2, BigInt(length));
  return new Uint8Array(head.buffer);
}

/** Reads a client's frames from its bytes, however these are split. */
export class FrameReader {
  #rest = new Uint8Array();

  /** Returns the frames that `piece` completes. @throws {ProtocolError} */
  *read(piece: Uint8Array): Generator<ClientFrame> {
    const bytes = new Uint8Array(this.#rest.length + piece.length);
    bytes.set(this.#rest);
    bytes.set(piece, this.#rest.length);
    this.#rest = bytes;
    for (let frame = this.#next(); frame; frame = this.#next()) yield frame;
  }

  #next(): ClientFrame | undefined {
    const bytes = this.#rest;
    if (bytes.length < 2) return undefined;
    const [first = 0, second = 0] = bytes;
    if ((second & 0x80) === 0) throw new ProtocolError("a client's frames are masked");
    const short = second & 0x7f;
    const masked = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    if (bytes.length < masked + 4) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = short === 126 ? view.getUint16(2) : short === 127 ? Number(view.getBigUint64(2)) : short;
    if (length > longest) throw new ProtocolError(`a frame of ${length} bytes is too long`);
    const start = masked + 4;
    if (bytes.length < start + length) return undefined;
    const data = bytes.slice(start, start + length);
    for (let at = 0; at < length; at++) data[at]! ^= bytes[masked + (at & 3)]!;
    this.#rest = bytes.slice(start + length);
    return { opcode: first & 0x0f, data };
  }
}

/** The longest frame in bytes, as in golang.org/x/net/websocket. */
const longest = 32 * 2 ** 20;
