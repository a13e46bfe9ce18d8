import { ConnectionError } from "../errors.js";

/** Parts a body into the JSON values that its lines hold. */
export async function* jsonLines<Line>(body: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.trim() !== "") yield parse(line);
    }
  }
  if (rest.trim() !== "") yield parse(rest);

  function parse(line: string): Line {
    try {
      return JSON.parse(line) as Line;
    } catch (cause) {
      throw new ConnectionError(`the engine sent a line that is not JSON: ${line}`, { cause });
    }
  }
}
