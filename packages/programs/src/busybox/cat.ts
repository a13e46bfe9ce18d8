import { FileError, type ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { inputFile } from "./input-file.js";

const help = `cat [-nbvteA] [FILE]...

Print FILEs to stdout

	-n	Number output lines
	-b	Number nonempty lines
	-v	Show nonprinting characters as ^x or M-x
	-t	...and tabs as ^I
	-e	...and end lines with $
	-A	Same as -vte`;

const newlineByte = 10;
const tabByte = 9;

/** `cat [FILE]...`: prints files, or standard input, one after another. */
export const cat = applet(
  { help, options: { flags: "nbvteAu" } },
  async (process, { name, given, operands }) => {
    const printer = printerFor(process, given);
    let exitCode = 0;
    const failed = (message: string): void => {
      process.stderr(`${name}: ${message}\n`);
      exitCode = 1;
    };
    for (const path of operands.length > 0 ? operands : ["-"]) {
      let file: AsyncIterable<Uint8Array> | undefined;
      try {
        file = inputFile(process, path);
        for await (const chunk of file) {
          printer.write(chunk);
          await process.caughtUp();
        }
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        failed(file ? `read error: ${error.message}` : `can't open '${path}': ${error.message}`);
      }
      printer.endOfFile();
    }
    return exitCode;
  },
);

interface Printer {
  write(bytes: Uint8Array): void;
  endOfFile(): void;
}

function printerFor(process: ProcessContext, given: ReadonlyMap<string, unknown>): Printer {
  const has = (...letters: string[]) => letters.some((letter) => given.has(letter));
  const numbering = has("b") ? "nonempty" : has("n") ? "all" : "none";
  if (has("v", "t", "e", "A")) {
    return visiblePrinter(process, { tabs: has("t", "A"), ends: has("e", "A"), numbering });
  }
  if (numbering === "none") return { write: process.stdout, endOfFile: () => {} };
  return linePrinter(process, numbering);
}

type Numbering = "all" | "nonempty" | "none";

/** Makes a printer of numbered lines. A zero byte ends a line, too. The last line always gets a newline. */
function linePrinter(process: ProcessContext, numbering: Numbering): Printer {
  let number = 0;
  let line: number[] = [];
  const print = (): void => {
    const numbered = numbering === "all" || line.length > 0;
    if (numbered) number++;
    const head = numbered ? `${String(number).padStart(6)}\t` : "";
    process.stdout(Uint8Array.from([...new TextEncoder().encode(head), ...line, newlineByte]));
    line = [];
  };
  return {
    write(bytes) {
      for (const byte of bytes) {
        if (byte === newlineByte || byte === 0) print();
        else line.push(byte);
      }
    },
    endOfFile() {
      if (line.length > 0) print();
    },
  };
}

/** Makes a printer that shows nonprinting bytes. A line without an end continues in the next file. */
function visiblePrinter(
  process: ProcessContext,
  { tabs, ends, numbering }: { tabs: boolean; ends: boolean; numbering: Numbering },
): Printer {
  let number = 0;
  let atStart = true;
  return {
    write(bytes) {
      let text = "";
      for (const byte of bytes) {
        if (atStart && (numbering === "all" || (numbering === "nonempty" && byte !== newlineByte))) {
          number++;
          text += `${String(number).padStart(6)}  `;
        }
        atStart = byte === newlineByte;
        if (byte === newlineByte) text += ends ? "$\n" : "\n";
        else if (byte === tabByte && !tabs) text += "\t";
        else text += visible(byte);
      }
      process.stdout(text);
    },
    endOfFile() {},
  };
}

/** Formats a byte: `^X` for a control character, and `M-` before a byte beyond ASCII. */
function visible(byte: number): string {
  if (byte >= 128) return `M-${visible(byte - 128)}`;
  if (byte === 127) return "^?";
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}
