// Text as a picture shows it: nothing in it acts on a terminal, and its width is known.

/** Replaces what would not be seen as a character, such as a line break, by a sign for it. */
export function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0)!;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? "␡" : "�";
  });
}

/** Characters that terminals show in two columns: East Asian wide ones, and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** How many columns a text takes in a terminal. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let sum = 0;
  for (const character of text) {
    if (!/\p{M}/u.test(character)) sum += wide.test(character) ? 2 : 1;
  }
  return sum;
}

/**
 * Shortens a text to a number of columns. `…` stands for what is left out, in the middle: names that begin alike often
 * differ at the end.
 */
export function fitted(text: string, width: number): string {
  if (columns(text) <= width) return text;
  if (width < 1) return "";
  const characters = [...text];
  const head = taken(characters, Math.ceil((width - 1) / 2));
  const tail = taken(characters.toReversed(), width - 1 - columns(head.join("")));
  return [...head, "…", ...tail.toReversed()].join("");
}

/** As many of the first characters as fit into a number of columns. */
function taken(characters: readonly string[], width: number): string[] {
  const result: string[] = [];
  let sum = 0;
  for (const character of characters) {
    sum += columns(character);
    if (sum > width) break;
    result.push(character);
  }
  return result;
}
