import { applet } from "./applet.js";
import { toBytes } from "./byte-text.js";
import { eachFile } from "./input-file.js";
import { linesOf } from "./lines.js";

/** `nl [-b a|t|n] [FILE]...`: prints files with line numbers. */
export const nl = applet(
  {
    help: `nl [OPTIONS] [FILE]...

Write FILEs to standard output with line numbers added

	-b STYLE	Which lines to number - a: all, t: nonempty, n: none
	-i N		Line number increment
	-s STRING	Use STRING as line number separator
	-v N		Start from N
	-w N		Width of line numbers`,
    options: { flags: "p", values: "bivsw" },
  },
  async (process, { name, given, operands }) => {
    const style = given.get("b")?.at(-1) ?? "t";
    const width = Number(given.get("w")?.at(-1) ?? 6);
    const separator = given.get("s")?.at(-1) ?? "\t";
    const step = Number(given.get("i")?.at(-1) ?? 1);
    let number = Number(given.get("v")?.at(-1) ?? 1);
    const all = await eachFile(
      process,
      operands,
      async (chunks) => {
        for await (const { text } of linesOf(chunks)) {
          if (style === "a" || (style === "t" && text !== "")) {
            process.stdout(toBytes(`${String(number).padStart(width)}${separator}${text}\n`));
            number += step;
          } else process.stdout(toBytes(`${" ".repeat(width + separator.length)}${text}\n`));
        }
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    return all ? 0 : 1;
  },
);

/** `fold [-bs] [-w WIDTH] [FILE]...`: breaks long lines at a width. */
export const fold = applet(
  {
    help: `fold [-bs] [-w WIDTH] [FILE]...

Wrap input lines in FILEs (or stdin), writing to stdout

	-b	Count bytes rather than columns
	-s	Break at spaces
	-w	Use WIDTH columns instead of 80`,
    options: { flags: "bs", values: "w" },
  },
  async (process, { name, given, operands }) => {
    const width = Number(given.get("w")?.at(-1) ?? 80);
    const all = await eachFile(
      process,
      operands,
      async (chunks) => {
        for await (const { text, ended } of linesOf(chunks)) {
          let rest = text;
          while (rest.length > width) {
            const space = given.has("s") ? rest.lastIndexOf(" ", width - 1) : -1;
            const end = space < 0 ? width : space + 1;
            process.stdout(toBytes(`${rest.slice(0, end)}\n`));
            rest = rest.slice(end);
          }
          process.stdout(toBytes(ended ? `${rest}\n` : rest));
        }
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    return all ? 0 : 1;
  },
);
