import { type ByteText, fromBytes } from "./byte-text.js";

/** A line without its end, and whether it had an end. */
export interface Line {
  readonly text: ByteText;
  readonly ended: boolean;
}

/** Divides a stream of bytes into lines. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, end = "\n"): AsyncGenerator<Line> {
  let rest = "";
  for await (const chunk of chunks) {
    rest += fromBytes(chunk);
    let from = 0;
    for (let at = rest.indexOf(end); at >= 0; at = rest.indexOf(end, from)) {
      yield { text: rest.slice(from, at), ended: true };
      from = at + 1;
    }
    rest = rest.slice(from);
  }
  if (rest !== "") yield { text: rest, ended: false };
}
