// How Redis splits a line into words: an inline command, a line of redis.conf, a line typed at redis-cli.
import type { ByteText } from "../../../busybox/byte-text.js";

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", a: "\x07" };

/**
 * Splits a line into words as `sdssplitargs` does. Words may be in double quotes, with escapes such as `\n` and
 * `\x1f`, or in single quotes. Returns `undefined` when quotes are unbalanced.
 */
export function splitWords(line: ByteText): ByteText[] | undefined {
  const words: ByteText[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(line[at])) at++;
    if (at >= line.length || line[at] === "\0") return words;
    let word = "";
    let quote = "";
    for (; ; at++) {
      const letter = line[at];
      if (quote === "") {
        if (letter === undefined || " \n\r\t\0".includes(letter)) break;
        if (letter === '"' || letter === "'") quote = letter;
        else word += letter;
      } else if (letter === undefined) {
        return undefined;
      } else if (letter === quote) {
        const next = line[at + 1];
        if (next !== undefined && !isSpace(next)) return undefined;
        at++;
        break;
      } else if (letter === "\\" && quote === "'" && line[at + 1] === "'") {
        word += "'";
        at++;
      } else if (letter === "\\" && quote === '"' && at + 1 < line.length) {
        const hex = /^x([0-9a-f]{2})/i.exec(line.slice(at + 1, at + 4));
        if (hex) {
          word += String.fromCharCode(Number.parseInt(hex[1] as string, 16));
          at += 3;
        } else {
          at++;
          const escaped = line[at] as string;
          word += escapes[escaped] ?? escaped;
        }
      } else {
        word += letter;
      }
    }
    words.push(word);
  }
}

function isSpace(letter: string | undefined): boolean {
  return letter !== undefined && " \t\n\v\f\r".includes(letter);
}
