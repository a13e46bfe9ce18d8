import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { byteText, toBytes } from "./byte-text.js";
import { readEscape } from "./escapes.js";
import { inputFile } from "./input-file.js";
import { type Line, linesOf } from "./lines.js";

const help = `paste [-d LIST] [-s] [FILE]...

Paste lines from each input file, separated with tab

	-d LIST	Use delimiters from LIST, not tab
	-s      Serial: one file at a time`;

type Lines = AsyncIterator<Line, unknown, undefined>;

/** `paste [-d LIST] [-s] [FILE]...`: joins lines of several files, or all lines of each file. */
export const paste = applet(
  { help, options: { flags: "s", values: "d" } },
  async (process, { name, given, operands }) => {
    const list = given.get("d")?.at(-1) ?? "\t";
    if (list === "") {
      process.stderr(`${name}: -d '' is not supported\n`);
      return 1;
    }
    const delimiters = delimitersIn(list);
    let stdin: Lines | undefined;
    const files: Lines[] = [];
    for (const path of operands.length > 0 ? operands : ["-"]) {
      try {
        if (path !== "-") files.push(linesOf(inputFile(process, path)));
        else {
          // Each `-` takes the next line.
          stdin ??= linesOf(process.stdin);
          files.push(stdin);
        }
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        process.stderr(`${name}: ${path}: ${error.message}\n`);
        return 1;
      }
    }
    const print = (text: string) => process.stdout(toBytes(text));
    await (given.has("s") ? oneByOne : together)(files, delimiters, print);
    return 0;
  },
);

function delimitersIn(list: string): string[] {
  const text = byteText(list);
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] !== "\\") {
      found.push(text[at++] as string);
      continue;
    }
    const { byte, length } = readEscape(text.slice(at), false);
    found.push(byte === 0 ? "" : String.fromCharCode(byte));
    at += length;
  }
  return found;
}

async function together(files: Lines[], delimiters: string[], print: (text: string) => void): Promise<void> {
  for (;;) {
    const read: (Line | undefined)[] = [];
    for (const file of files) {
      const { done, value } = await file.next();
      read.push(done ? undefined : (value as Line));
    }
    if (read.every((line) => line === undefined)) return;
    const row = read.map(
      (line, at) => (line?.text ?? "") + (at < read.length - 1 ? delimiterAt(delimiters, at) : ""),
    );
    print(`${row.join("")}\n`);
  }
}

async function oneByOne(files: Lines[], delimiters: string[], print: (text: string) => void): Promise<void> {
  for (const file of files) {
    let row: string | undefined;
    let count = 0;
    for (let next = await file.next(); !next.done; next = await file.next()) {
      row = row === undefined ? next.value.text : row + delimiterAt(delimiters, count++) + next.value.text;
    }
    if (row !== undefined) print(`${row}\n`);
  }
}

function delimiterAt(delimiters: string[], at: number): string {
  return delimiters[at % delimiters.length] as string;
}
