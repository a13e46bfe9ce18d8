// Connections within the process. `agent.ts` gives one end to Node's HTTP client, and the other to a
// `Connection`.

import { Duplex } from "node:stream";
import { keepAlive } from "../engine/keep-alive.js";

/** Returns the two ends of a connection within the process. What is written to one is read from the other. */
export function memorySockets(): { readonly client: MemorySocket; readonly server: MemorySocket } {
  const client = new MemorySocket();
  const server = new MemorySocket();
  client.connect(server);
  server.connect(client);
  // As with a real socket, the client's end keeps the process alive. The server's end need not.
  client.ref();
  return { client, server };
}

/** One end of a connection, with the methods that Node's HTTP client calls on a socket. */
export class MemorySocket extends Duplex {
  #peer: MemorySocket | undefined;
  /** Calls back a write that the other end has had no room for yet. */
  #written: (() => void) | undefined;
  #release: (() => void) | undefined;
  #timeout = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    super({ allowHalfOpen: true, decodeStrings: true });
  }

  connect(peer: MemorySocket): void {
    this.#peer = peer;
  }

  override _read(): void {
    const peer = this.#peer;
    const written = peer && peer.#written;
    if (!written) return;
    peer.#written = undefined;
    written();
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.#passOn([piece], callback);
  }

  override _writev(pieces: { chunk: Buffer }[], callback: () => void): void {
    this.#passOn(
      pieces.map(({ chunk }) => chunk),
      callback,
    );
  }

  #passOn(pieces: readonly Buffer[], callback: () => void): void {
    const peer = this.#peer;
    if (!peer || peer.destroyed) {
      callback();
      return;
    }
    let room = true;
    // Copied, because the reader may keep a piece and the writer may reuse it.
    for (const piece of pieces) room = peer.push(Buffer.from(piece));
    this.#active();
    peer.#active();
    if (room) callback();
    else this.#written = callback;
  }

  override _final(callback: () => void): void {
    const peer = this.#peer;
    if (peer && !peer.destroyed) peer.push(null);
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.unref();
    clearTimeout(this.#timer);
    const peer = this.#peer;
    this.#peer = undefined;
    const written = this.#written;
    this.#written = undefined;
    written?.();
    callback(error);
    if (!peer || peer.destroyed) return;
    // The other end reads what is there, then the end. What it writes from now on is lost.
    process.nextTick(() => {
      if (peer.destroyed) return;
      if (!peer.readableEnded) peer.push(null);
      peer.#peerGone();
    });
  }

  #peerGone(): void {
    const written = this.#written;
    this.#written = undefined;
    written?.();
    this.#peer = undefined;
    if (this.readableEnded || this.readableLength === 0) this.destroy();
    else this.once("end", () => this.destroy());
  }

  setTimeout(milliseconds: number, callback?: () => void): this {
    this.#timeout = milliseconds;
    if (callback) {
      if (milliseconds === 0) this.off("timeout", callback);
      else this.once("timeout", callback);
    }
    this.#active();
    return this;
  }

  /** Restarts the timeout, because data has come or gone. */
  #active(): void {
    clearTimeout(this.#timer);
    if (this.#timeout === 0 || this.destroyed) return;
    this.#timer = setTimeout(() => this.emit("timeout"), this.#timeout);
    this.#timer.unref();
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    if (!this.destroyed) this.#release ??= keepAlive();
    return this;
  }

  unref(): this {
    this.#release?.();
    this.#release = undefined;
    return this;
  }
}
