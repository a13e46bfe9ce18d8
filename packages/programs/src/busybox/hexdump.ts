import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { fromBytes, toBytes } from "./byte-text.js";
import { type DumpFormat, readDumpFormat } from "./hexdump-format.js";
import { wholeFile } from "./input-file.js";
import { linesOf } from "./lines.js";
import { readNumber } from "./numbers.js";

const help = `hexdump [-bcdoxCv] [-e FMT] [-f FMT_FILE] [-n LEN] [-s OFS] [FILE]...

Display FILEs (or stdin) in a user specified format

	-b		1-byte octal display
	-c		1-byte character display
	-d		2-byte decimal display
	-o		2-byte octal display
	-x		2-byte hex display
	-C		hex+ASCII 16 bytes per line
	-v		Show all (no dup folding)
	-e FORMAT_STR	Example: '16/1 "%02x|""\\n"'
	-f FORMAT_FILE
	-n LENGTH	Show only first LENGTH bytes
	-s OFFSET	Skip OFFSET bytes`;

const address = '"%07.7_ax "';
const last = String.raw`"%07.7_Ax\n"`;

/** The formats that a letter of its own selects. */
const formats: Readonly<Record<string, readonly string[]>> = {
  b: [last, String.raw`${address} 16/1 "%03o " "\n"`],
  c: [last, String.raw`${address} 16/1 "%3_c " "\n"`],
  d: [last, String.raw`${address} 8/2 "  %05u " "\n"`],
  o: [last, String.raw`${address} 8/2 " %06o " "\n"`],
  x: [last, String.raw`${address} 8/2 "   %04x " "\n"`],
  C: [
    String.raw`"%08.8_Ax\n"`,
    '"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x " ',
    String.raw`"  |" 16/1 "%_p" "|\n"`,
  ],
};

/** `hexdump [-C] [FILE]...`: prints the bytes of files in a format. */
export const hexdump = applet(
  { help, options: { flags: "bcdoxCv", values: "efns" } },
  async (process, { name, given, operands }) => {
    const refuse = (problem: string): number => {
      process.stderr(`${name}: ${problem}\n`);
      return 1;
    };
    const [skip, limit] = ["s", "n"].map((letter) => {
      const text = given.get(letter)?.at(-1);
      return text === undefined ? undefined : readNumber(text, 0, 2n ** 63n - 1n);
    });
    for (const problem of [skip, limit]) if (typeof problem === "string") return refuse(problem);
    const texts: string[] = [];
    for (const [letter, values] of given) {
      if (letter === "e") texts.push(...values);
      else if (letter === "f") {
        for (const path of values) {
          for await (const { text } of linesOf(chunk(await wholeFile(process, path)))) {
            if (!/^\s*(#|$)/.test(text)) texts.push(text);
          }
        }
      } else texts.push(...(formats[letter] ?? []));
    }
    if (texts.length === 0) texts.push(last, String.raw`${address} 8/2 "%04x " "\n"`);
    const read: DumpFormat[] = [];
    for (const text of texts) {
      const format = readDumpFormat(text);
      if (typeof format === "string") return refuse(format);
      read.push(format);
    }
    const chunks: string[] = [];
    let code = 0;
    for (const path of operands.length > 0 ? operands : ["-"]) {
      try {
        chunks.push(fromBytes(await wholeFile(process, path)));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        code = refuse(`${path}: ${error.message}`);
      }
    }
    if (chunks.length === 0) return code;
    const from = Math.min((skip ?? 0) as number, chunks.join("").length);
    const data = chunks.join("").slice(from, from + ((limit ?? Number.POSITIVE_INFINITY) as number));
    dump(data, from, read, given.has("v"), (text) => process.stdout(toBytes(text)));
    return code;
  },
);

async function* chunk(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

function dump(
  data: string,
  start: number,
  formats: readonly DumpFormat[],
  all: boolean,
  print: (text: string) => void,
): void {
  const size = Math.max(1, ...formats.map((format) => format.size));
  let before: string | undefined;
  let starred = false;
  for (let at = 0; at < data.length; at += size) {
    const block = data.slice(at, at + size);
    if (!all && block === before) {
      if (!starred) print("*\n");
      starred = true;
      continue;
    }
    // The rest at the end is shown, also where it only repeats.
    if (!all && block.padEnd(size, "\0") === before && !starred) print("*\n");
    before = block;
    starred = false;
    for (const { shown } of formats) print(shown(block, start + at, size));
  }
  const end = formats.findLast((format) => format.end)?.end;
  if (end && (data.length > 0 || start > 0)) print(end(start + data.length));
}
