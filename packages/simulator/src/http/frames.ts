import type { OutputChunk } from "@dryharbor/sdk/port";

/** How much a frame tells of itself: one byte which stream, three of nothing, four how long. */
const headBytes = 8;

/** A piece of output as the engine multiplexes it where there is no terminal. */
export function frame({ stream, data }: OutputChunk): Uint8Array {
  const bytes = new Uint8Array(headBytes + data.length);
  bytes[0] = stream === "stdout" ? 1 : 2;
  new DataView(bytes.buffer).setUint32(4, data.length);
  bytes.set(data, headBytes);
  return bytes;
}

const raw = "application/vnd.docker.raw-stream";
const multiplexed = "application/vnd.docker.multiplexed-stream";

/** The content type of a stream of output; the difference is told from API 1.42 on. */
export function streamType(tty: boolean, toldApart: boolean): string {
  return tty || !toldApart ? raw : multiplexed;
}
