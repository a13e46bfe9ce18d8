import type { OutputChunk } from "@dryharbor/sdk/port";

/** The length of a frame's head: one byte for the stream, three unused, four for the length. */
const headBytes = 8;

/**
 * Wraps a piece of output in the frame by which the engine multiplexes stdout and stderr without a terminal.
 */
export function frame({ stream, data }: OutputChunk): Uint8Array {
  const bytes = new Uint8Array(headBytes + data.length);
  bytes[0] = stream === "stdout" ? 1 : 2;
  new DataView(bytes.buffer).setUint32(4, data.length);
  bytes.set(data, headBytes);
  return bytes;
}

const raw = "application/vnd.docker.raw-stream";
const multiplexed = "application/vnd.docker.multiplexed-stream";

/**
 * Returns the content type of an output stream. Multiplexed streams have a type of their own (`toldApart`)
 * from API 1.42 on.
 */
export function streamType(tty: boolean, toldApart: boolean): string {
  return tty || !toldApart ? raw : multiplexed;
}
