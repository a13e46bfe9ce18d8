import { applet } from "./applet.js";
import { eachFile } from "./input-file.js";

const help = `wc [-cmlwL] [FILE]...

Count lines, words, and bytes for FILEs (or stdin)

	-c	Count bytes
	-m	Count characters
	-l	Count newlines
	-w	Count words
	-L	Print longest line length`;

interface Counts {
  lines: number;
  words: number;
  letters: number;
  bytes: number;
  longest: number;
}

/** `wc [-cmlwL] [FILE]...`: counts lines, words and bytes. */
export const wc = applet(
  { help, options: { flags: "cmlwL" } },
  async (process, { name, given, operands }) => {
    const wanted = (["l", "w", "m", "c", "L"] as const).filter((letter) =>
      given.size === 0 ? "lwc".includes(letter) : given.has(letter),
    );
    const show = (counts: Counts, title: string): void => {
      const byLetter = {
        l: counts.lines,
        w: counts.words,
        m: counts.letters,
        c: counts.bytes,
        L: counts.longest,
      };
      const numbers = wanted.map((letter) => String(byLetter[letter]));
      const isAlone = numbers.length === 1 && operands.length <= 1;
      const shown = isAlone ? numbers : numbers.map((number) => number.padStart(9));
      process.stdout(`${shown.join(" ")}${title}\n`);
    };
    const total: Counts = { lines: 0, words: 0, letters: 0, bytes: 0, longest: 0 };
    const all = await eachFile(
      process,
      operands,
      async (chunks, path) => {
        const counts = await counted(chunks);
        show(counts, operands.length === 0 ? "" : ` ${path}`);
        total.lines += counts.lines;
        total.words += counts.words;
        total.letters += counts.letters;
        total.bytes += counts.bytes;
        total.longest = Math.max(total.longest, counts.longest);
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    if (operands.length > 1) show(total, " total");
    return all ? 0 : 1;
  },
);

async function counted(chunks: AsyncIterable<Uint8Array>): Promise<Counts> {
  const counts: Counts = { lines: 0, words: 0, letters: 0, bytes: 0, longest: 0 };
  let inWord = false;
  let column = 0;
  for await (const chunk of chunks) {
    counts.bytes += chunk.length;
    counts.letters += chunk.length;
    for (const byte of chunk) {
      const isSpace = byte === 32 || (byte >= 9 && byte <= 13);
      if (byte === 10) {
        counts.lines++;
        column = 0;
      } else if (byte === 9) column = (column | 7) + 1;
      else if (byte >= 32) column++;
      counts.longest = Math.max(counts.longest, column);
      // Only printable ASCII characters begin a word.
      if (isSpace) inWord = false;
      else if (byte > 32 && byte < 127 && !inWord) {
        inWord = true;
        counts.words++;
      }
    }
  }
  return counts;
}
