/** What Go writes with a backslash and one letter. */
const letters: Readonly<Record<number, string>> = {
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
};

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Whether Go prints a character as it is (`strconv.IsPrint`). */
export function isPrintable(character: string): boolean {
  return printable.test(character);
}

function escaped(character: string, quote: string): string {
  if (character === quote || character === "\\") return `\\${character}`;
  if (isPrintable(character)) return character;
  const point = character.codePointAt(0)!;
  const letter = letters[point];
  if (letter !== undefined) return letter;
  if (point < 0x20 || point === 0x7f) return `\\x${point.toString(16).padStart(2, "0")}`;
  if (point > 0xffff) return `\\U${point.toString(16).padStart(8, "0")}`;
  return `\\u${point.toString(16).padStart(4, "0")}`;
}

/** A character in single quotes, as Go's `strconv.QuoteRune`. */
export function quotedCharacter(character: string): string {
  return `'${escaped(character, "'")}'`;
}

/** Text in double quotes, as Go's `strconv.Quote` (`%q`). */
export function quotedText(text: string): string {
  let quoted = "";
  for (const character of text) quoted += escaped(character, '"');
  return `"${quoted}"`;
}
