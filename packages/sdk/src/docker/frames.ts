import { ConnectionError, engineError } from "../errors.js";
import type { OutputChunk } from "../output.js";

// Without a terminal, the engine sends both outputs of a process over one connection, in frames: the
// stream's number, three zero bytes, the length of the payload in four bytes, the payload.
const headLength = 8;
const stderr = 2;
/** The engine's own words, in place of output. */
const systemError = 3;

/** Parts the frames into the streams that they belong to, whatever pieces they arrive in. */
export async function* demultiplex(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<OutputChunk> {
  let head = new Uint8Array(0);
  let left = 0;
  let failure: string | undefined;
  for await (let piece of pieces) {
    while (piece.length > 0) {
      if (left === 0) {
        const missing = headLength - head.length;
        head = Uint8Array.of(...head, ...piece.subarray(0, missing));
        piece = piece.subarray(missing);
        if (head.length < headLength) continue;
        left = payloadLength(head);
      }
      const data = piece.subarray(0, left);
      piece = piece.subarray(left);
      left -= data.length;
      if (head[0] === systemError) failure = (failure ?? "") + new TextDecoder().decode(data);
      else if (data.length > 0) yield { stream: head[0] === stderr ? "stderr" : "stdout", data };
      if (left > 0) continue;
      if (failure !== undefined) throw engineError(500, failure);
      head = new Uint8Array(0);
    }
  }
  if (head.length > 0) throw new ConnectionError("the engine's output ended within a frame");
}

function payloadLength(head: Uint8Array): number {
  const view = new DataView(head.buffer);
  if (head[0]! > systemError || view.getUint32(0) % 0x100_0000 !== 0) {
    throw new ConnectionError("the engine's output is not in frames: read it as the output of a terminal");
  }
  return view.getUint32(4);
}
