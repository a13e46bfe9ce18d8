import { applet } from "./applet.js";
import { toBytes } from "./byte-text.js";
import { eachFile } from "./input-file.js";
import { linesOf } from "./lines.js";

/** `tac [FILE]...`: prints lines in reverse order. */
export const tac = applet(
  {
    help: `tac [FILE]...

Concatenate FILEs and print them in reverse`,
    options: { flags: "" },
  },
  async (process, { name, operands }) => {
    const all = await eachFile(
      process,
      operands,
      async (chunks) => {
        const lines: string[] = [];
        for await (const { text, ended } of linesOf(chunks)) lines.push(ended ? `${text}\n` : text);
        process.stdout(toBytes(lines.reverse().join("")));
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    return all ? 0 : 1;
  },
);

/** `rev [FILE]...`: prints each line reversed. */
export const rev = applet(
  {
    help: `rev [FILE]...

Reverse lines of FILE`,
    options: { flags: "" },
  },
  async (process, { name, operands }) => {
    const all = await eachFile(
      process,
      operands,
      async (chunks) => {
        for await (const { text, ended } of linesOf(chunks)) {
          process.stdout(toBytes(`${[...text].reverse().join("")}${ended ? "\n" : ""}`));
        }
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    return all ? 0 : 1;
  },
);
