import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { wholeFile } from "./input-file.js";

const help = `cmp [-ls] [-n NUM] FILE1 [FILE2]

Compare FILE1 with FILE2 (or stdin)

	-l	Write the byte numbers (decimal) and values (octal)
		for all differing bytes
	-s	Quiet
	-n NUM	Compare at most NUM bytes`;

/** `cmp FILE1 [FILE2]`: compares two files and prints where they differ. */
export const cmp = applet(
  { help, options: { flags: "ls", values: "n" } },
  async (process, { name, given, operands, usage }) => {
    const [one, other = "-"] = operands;
    if (one === undefined) return usage(process);
    const files: Uint8Array[] = [];
    for (const path of [one, other]) {
      try {
        files.push(await wholeFile(process, path));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        process.stderr(`${name}: ${path}: ${error.message}\n`);
        return 2;
      }
    }
    const limit = Number(given.get("n")?.at(-1) ?? Number.POSITIVE_INFINITY);
    const [left, right] = files.map((file) => file.subarray(0, limit)) as [Uint8Array, Uint8Array];
    let line = 1;
    let code = 0;
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
      if (left[at] !== right[at]) {
        if (given.has("s")) return 1;
        if (!given.has("l")) {
          process.stdout(`${one} ${other} differ: byte ${at + 1}, line ${line}\n`);
          return 1;
        }
        const octal = (byte: number): string => byte.toString(8).padStart(3);
        process.stdout(`${at + 1} ${octal(left[at] as number)} ${octal(right[at] as number)}\n`);
        code = 1;
      }
      if (left[at] === 10) line++;
    }
    if (left.length === right.length) return code;
    if (!given.has("s")) process.stderr(`${name}: EOF on ${left.length < right.length ? one : other}\n`);
    return 1;
  },
);
