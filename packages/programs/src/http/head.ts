import { BrokenMessage, type Reader } from "./reader.js";

/** The most bytes of a line of a head, and the most lines. */
const lineLimit = 65_536;
const lineCount = 200;

/** The first line of a message and its header lines, in their order. */
export interface Head {
  readonly firstLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads the head of a message. Resolves to `undefined` when the connection ends before it.
 *
 * @param begun is told of the first line before the others have come
 * @throws {BrokenMessage}
 */
export async function readHead(
  reader: Reader,
  begun?: (firstLine: string) => void,
): Promise<Head | undefined> {
  let firstLine = await reader.line(lineLimit);
  // Clients may send an empty line after a body.
  while (firstLine === "") firstLine = await reader.line(lineLimit);
  if (firstLine === undefined) return undefined;
  begun?.(firstLine);
  const headers: [string, string][] = [];
  for (;;) {
    const line = await reader.line(lineLimit);
    if (line === undefined) throw new BrokenMessage("the connection ended within a head");
    if (line === "") return { firstLine, headers };
    if (headers.length === lineCount) throw new BrokenMessage("too many header lines");
    const colon = line.indexOf(":");
    if (colon < 1) throw new BrokenMessage("a header line has no name");
    headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
}

/** Returns the value of a header line, or `undefined`. @param name in lower case */
export function headerOf({ headers }: Head, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}
