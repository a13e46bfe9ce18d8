import { applet } from "./applet.js";
import { type ByteText, byteText, toBytes } from "./byte-text.js";
import { eachFile } from "./input-file.js";
import { linesOf } from "./lines.js";

const help = `cut {-b|c LIST | -f|F LIST [-d SEP] [-s]} [-D] [-O SEP] [FILE]...

Print selected fields from FILEs to stdout

	-b LIST	Output only bytes from LIST
	-c LIST	Output only characters from LIST
	-d SEP	Input field delimiter (default -f TAB, -F run of whitespace)
	-f LIST	Print only these fields (-d is single char)
	-F LIST	Print only these fields (-d is regex)
	-s	Drop lines with no delimiter (else print them in full)
	-D	Don't sort ranges; line without delimiters has one field
	--output-delimiter SEP	Output field delimiter
	-n	Ignored`;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** `cut {-b|c LIST | -f LIST [-d SEP] [-s]} [FILE]...`: prints selected bytes or fields of lines. */
export const cut = applet(
  { help, options: { flags: "snD", values: "bcfFdO", long: { "output-delimiter": "O" } } },
  async (process, { name, given, operands, usage }) => {
    const kinds = ["b", "c", "f", "F"].filter((letter) => given.has(letter));
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) return usage(process);
    const ranges = readRanges(given.get(kind)?.at(-1) ?? "");
    if (typeof ranges === "string") {
      process.stderr(`${name}: ${ranges}\n`);
      return 1;
    }
    if (!given.has("D")) ranges.sort((one, other) => one.from - other.from);
    const delimiter = byteText(given.get("d")?.at(-1) ?? "\t").slice(0, 1);
    const separator = byteText(
      given.get("O")?.at(-1) ?? (kind === "f" ? delimiter : kind === "F" ? " " : ""),
    );
    const cutLine = (line: ByteText): ByteText | undefined => {
      if (kind === "b" || kind === "c") return picked([...line], ranges).join("");
      const fields = kind === "F" ? line.split(/\s+/) : line.split(delimiter);
      if (fields.length === 1) return given.has("s") ? undefined : line;
      return picked(fields, ranges).join(separator);
    };
    const all = await eachFile(
      process,
      operands,
      async (chunks) => {
        for await (const { text } of linesOf(chunks)) {
          const shown = cutLine(text);
          if (shown !== undefined) process.stdout(toBytes(`${shown}\n`));
        }
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    return all ? 0 : 1;
  },
);

function readRanges(text: string): Range[] | string {
  const ranges: Range[] = [];
  for (const piece of text.split(",")) {
    const [low = "", high] = piece.split("-");
    for (const number of [low, high ?? ""]) if (!/^\d*$/.test(number)) return `invalid number '${number}'`;
    const from = low === "" ? 1 : Number(low);
    const to = high === undefined ? from : high === "" ? Number.POSITIVE_INFINITY : Number(high);
    if (from === 0 || to < from || piece === "-" || piece === "")
      return `invalid range ${low || 0}-${high ?? low}`;
    ranges.push({ from, to });
  }
  return ranges;
}

/** Returns the items in the ranges, in the order of the ranges and each only once. */
function picked<T>(items: readonly T[], ranges: readonly Range[]): T[] {
  const taken = new Set<number>();
  const result: T[] = [];
  for (const { from, to } of ranges) {
    for (let at = from; at <= Math.min(to, items.length); at++) {
      if (taken.has(at)) continue;
      taken.add(at);
      result.push(items[at - 1] as T);
    }
  }
  return result;
}
