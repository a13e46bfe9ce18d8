// Over TCP each message has its length before it, in 16 bits (RFC 1035 section 4.2.2).

/** A message as it goes over TCP. */
export function frameMessage(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 2);
  framed.set([message.length >> 8, message.length & 0xff]);
  framed.set(message, 2);
  return framed;
}

/** Takes a TCP stream in pieces, however cut, and gives the messages that they complete. */
export class MessageFrames {
  #pending = new Uint8Array(0);

  /** Takes the next piece, and gives the messages that are whole with it. */
  push(piece: Uint8Array): Uint8Array[] {
    const bytes = new Uint8Array(this.#pending.length + piece.length);
    bytes.set(this.#pending);
    bytes.set(piece, this.#pending.length);
    const messages: Uint8Array[] = [];
    let start = 0;
    for (;;) {
      const end = start + 2 + bytes[start]! * 0x100 + bytes[start + 1]!;
      // Not a number where the length itself is not there yet.
      if (!(end <= bytes.length)) break;
      messages.push(bytes.slice(start + 2, end));
      start = end;
    }
    this.#pending = bytes.slice(start);
    return messages;
  }
}
