import { applet } from "./applet.js";
import { fromBytes } from "./byte-text.js";
import { eachFile } from "./input-file.js";
import { readNumber } from "./numbers.js";

const help = `strings [-fo] [-t o|d|x] [-n LEN] [FILE]...

Display printable strings in a binary file

	-f		Precede strings with filenames
	-o		Precede strings with octal offsets
	-t o|d|x	Precede strings with offsets in base 8/10/16
	-n LEN		At least LEN characters form a string (default 4)`;

const radixes: Readonly<Record<string, number>> = { o: 8, d: 10, x: 16 };

/** `strings [-n LEN] [FILE]...`: prints the printable texts in files. */
export const strings = applet(
  { help, options: { flags: "afo", values: "nt" } },
  async (process, { name, given, operands, usage }) => {
    const least = readNumber(given.get("n")?.at(-1) ?? "4", 1, 2_147_483_647);
    if (typeof least === "string") {
      process.stderr(`${name}: ${least}\n`);
      return 1;
    }
    const asked = given.has("t") ? (given.get("t")?.at(-1) as string) : given.has("o") ? "o" : undefined;
    const radix = asked === undefined ? undefined : radixes[asked];
    if (asked !== undefined && radix === undefined) return usage(process);
    const all = await eachFile(
      process,
      operands,
      async (chunks, path) => {
        const title = given.has("f") ? `${path === "-" ? "{standard input}" : path}: ` : "";
        const print = (text: string, offset: number): void => {
          const at = radix === undefined ? "" : `${offset.toString(radix).padStart(7)} `;
          if (text.length >= least) process.stdout(`${title}${at}${text}\n`);
        };
        let found = "";
        let offset = 0;
        for await (const chunk of chunks) {
          for (const letter of fromBytes(chunk)) {
            if (/[\t -~]/.test(letter)) found += letter;
            else {
              print(found, offset - found.length);
              found = "";
            }
            offset++;
          }
        }
        print(found, offset - found.length);
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    return all ? 0 : 1;
  },
);
