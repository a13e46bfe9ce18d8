import type { ByteText } from "../../../busybox/byte-text.js";
import { splitWords } from "../protocol/words.js";
import { syntaxLines } from "./syntax-lines.js";

/** The parts of a command's arguments: words, and groups in brackets that may be left out. */
const syntax: ReadonlyMap<string, readonly string[]> = new Map(
  syntaxLines.map((line) => {
    const [name = "", text = ""] = line.split(" | ");
    return [name, partsOf(text)];
  }),
);

/** Splits a text at the spaces that are outside of brackets. */
function partsOf(text: string): string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const letter of text) {
    if (letter === "[") depth++;
    else if (letter === "]") depth--;
    if (letter === " " && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function isOptional(part: string): boolean {
  return part.startsWith("[");
}

/** Returns whether a group in brackets can begin with this word. */
function begins(part: string, word: ByteText): boolean {
  return part
    .slice(1, -1)
    .split("|")
    .some((choice) => choice.split(" ")[0] === word.toUpperCase());
}

/** Returns what may follow a line that is being typed, or `undefined` when nothing is known. */
export function hintFor(line: ByteText): string | undefined {
  const words = splitWords(line);
  if (!words || words.length === 0) return undefined;
  const isBetweenWords = line.endsWith(" ");
  const finished = isBetweenWords ? words : words.slice(0, -1);
  const lower = words.map((word) => word.toLowerCase());
  const two = lower.length > 1 ? syntax.get(lower.slice(0, 2).join(" ")) : undefined;
  const parts = two ?? syntax.get(lower[0] as string);
  const ofName = two ? 2 : 1;
  if (!parts || finished.length < ofName - 1 || (finished.length < ofName && isBetweenWords))
    return undefined;
  if (words.length === ofName && !isBetweenWords) return undefined;
  const left = [...parts];
  for (const word of finished.slice(ofName)) {
    if (left.length > 0 && !isOptional(left[0] as string)) {
      left.shift();
      continue;
    }
    const at = left.findIndex((part) => begins(part, word));
    if (at >= 0) left.splice(at, 1);
  }
  const hint = left.join(" ");
  return hint === "" ? undefined : `${isBetweenWords ? "" : " "}${hint}`;
}
