// DNS over TCP: the length of each message precedes it, in 16 bits (RFC 1035 section 4.2.2).

/** Puts the length of a message before it, for TCP. */
export function frameMessage(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 2);
  framed.set([message.length >> 8, message.length & 0xff]);
  framed.set(message, 2);
  return framed;
}

/** Divides a TCP stream into DNS messages. The pieces of the stream may be cut anywhere. */
export class MessageFrames {
  #pending = new Uint8Array(0);

  /** Takes the next piece of the stream. Returns the messages that it completes. */
  push(piece: Uint8Array): Uint8Array[] {
    const bytes = new Uint8Array(this.#pending.length + piece.length);
    bytes.set(this.#pending);
    bytes.set(piece, this.#pending.length);
    const messages: Uint8Array[] = [];
    let start = 0;
    for (;;) {
      const end = start + 2 + bytes[start]! * 0x100 + bytes[start + 1]!;
      // `end` is NaN when the two bytes of the length have not arrived yet.
      if (!(end <= bytes.length)) break;
      messages.push(bytes.slice(start + 2, end));
      start = end;
    }
    this.#pending = bytes.slice(start);
    return messages;
  }
}
