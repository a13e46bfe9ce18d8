/**
 * The text without what it ends in of one character. A regular expression like `/x+$/` would begin anew at each of a
 * run of that character which is not at the end.
 */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
