/** The characters that Go writes as a backslash and one letter, by code point. */
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

/** Returns whether Go prints a character unescaped (`strconv.IsPrint`). */
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

/** Puts a character in single quotes, as Go's `strconv.QuoteRune` does. */
export function quotedCharacter(character: string): string {
  return `'${escaped(character, "'")}'`;
}

/** Puts text in double quotes, as Go's `strconv.Quote` (`%q`) does. */
export function quotedText(text: string): string {
  let quoted = "";
  for (const character of text) quoted += escaped(character, '"');
  return `"${quoted}"`;
}
