// Splits a command line into words, as a shell does with words and quotes alone.

/**
 * The words of a command line. Quotes hold words together and a backslash takes the next character as it is; there is
 * no expansion.
 *
 * @example wordsOf("ps --format '{{.Names}} {{.State}}'") // ["ps", "--format", "{{.Names}} {{.State}}"]
 */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "'") {
      const end = line.indexOf("'", at + 1);
      word = (word ?? "") + line.slice(at + 1, end < 0 ? line.length : end);
      at = end < 0 ? line.length : end;
    } else if (character === '"') {
      word ??= "";
      for (at++; at < line.length && line[at] !== '"'; at++) {
        if (line[at] === "\\" && /["\\$`]/.test(line[at + 1] ?? "")) at++;
        word += line[at];
      }
    } else if (character === "\\" && at + 1 < line.length) {
      word = (word ?? "") + line[++at];
    } else {
      word = (word ?? "") + character;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
