import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { byteText, fromBytes, toBytes } from "./byte-text.js";
import { wholeFile } from "./input-file.js";
import { readNumber } from "./numbers.js";
import { openOutput } from "./output-file.js";

const help = `shuf [-n NUM] [-o FILE] [-z] [FILE | -e [ARG...] | -i L-H]

Randomly permute lines

	-n NUM	Output at most NUM lines
	-o FILE	Write to FILE, not standard output
	-z	NUL terminated output
	-e	Treat ARGs as lines
	-i L-H	Treat numbers L-H as lines`;

/** `shuf [FILE | -e ARG... | -i L-H]`: prints lines in random order. */
export const shuf = applet(
  { help, options: { flags: "ez", values: "nio" } },
  async (process, { name, given, operands, usage }) => {
    const range = given.get("i")?.at(-1);
    if ((given.has("e") && range !== undefined) || (!given.has("e") && operands.length > (range ? 0 : 1))) {
      return usage(process);
    }
    const count = readNumber(given.get("n")?.at(-1) ?? "4294967295", 0, 2n ** 64n - 1n);
    const lines =
      range !== undefined
        ? numbersIn(range)
        : given.has("e")
          ? operands.map(byteText)
          : linesIn(fromBytes(await wholeFile(process, operands[0] ?? "-").catch(naming(operands[0]))));
    for (const problem of [lines, count]) {
      if (typeof problem !== "string") continue;
      process.stderr(`${name}: ${problem}\n`);
      return 1;
    }
    const text = drawn(lines as string[], count as number)
      .map((line) => line + (given.has("z") ? "\0" : "\n"))
      .join("");
    process.write(openOutput(process, given.get("o")?.at(-1) ?? "-", false), toBytes(text));
    return 0;
  },
);

/** Puts the name of the file before the error's text. */
function naming(path: string | undefined): (error: unknown) => never {
  return (error) => {
    if (error instanceof FileError && path !== undefined) error.message = `${path}: ${error.message}`;
    throw error;
  };
}

function numbersIn(range: string): string[] | string {
  const [, low, high] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  if (low === undefined || high === undefined || BigInt(low) > BigInt(high)) return `bad range '${range}'`;
  return Array.from({ length: Number(BigInt(high) - BigInt(low)) + 1 }, (_, at) =>
    String(BigInt(low) + BigInt(at)),
  );
}

function linesIn(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function drawn(lines: readonly string[], count: number): string[] {
  const left = [...lines];
  const taken: string[] = [];
  while (left.length > 0 && taken.length < count) {
    const at = Math.floor(Math.random() * left.length);
    taken.push(left[at] as string);
    left[at] = left.at(-1) as string;
    left.pop();
  }
  return taken;
}
