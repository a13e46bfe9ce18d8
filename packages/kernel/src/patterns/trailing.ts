/**
 * Removes all repetitions of a character from the end of a text. A regular expression like `/x+$/` would take
 * quadratic time: it starts again at each character of a run that is not at the end.
 */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
