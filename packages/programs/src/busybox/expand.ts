import type { ProcessContext, Program } from "@dryharbor/kernel";
import { type AppletCall, applet } from "./applet.js";
import { toBytes } from "./byte-text.js";
import { eachFile } from "./input-file.js";
import { linesOf } from "./lines.js";
import { readNumber } from "./numbers.js";

/** `expand [-i] [-t N] [FILE]...`: converts tabs to spaces. */
export const expand: Program = applet(
  {
    help: `expand [-i] [-t N] [FILE]...

Convert tabs to spaces, writing to stdout

	-i	Don't convert tabs after non blanks
	-t	Tabstops every N chars`,
    options: { flags: "i", values: "t", long: { initial: "i", tabs: "t" } },
  },
  (process, call) => eachLine(process, call, (line, stop) => expanded(line, stop, call.given.has("i"))),
);

/** `unexpand [-fa] [-t N] [FILE]...`: converts spaces to tabs. */
export const unexpand: Program = applet(
  {
    help: `unexpand [-fa][-t N] [FILE]...

Convert spaces to tabs, writing to stdout

	-a	Convert all blanks
	-f	Convert only leading blanks
	-t N	Tabstops every N chars`,
    options: { flags: "fa", values: "t", long: { "first-only": "f", tabs: "t", all: "a" } },
  },
  (process, call) => {
    const { given } = call;
    const everywhere = (given.has("a") || given.has("t")) && !given.has("f");
    return eachLine(process, call, (line, stop, isCut) =>
      // BusyBox forgets blanks at the end of a line without an end, if the last one is a tab.
      unexpanded(isCut ? line.replace(/[ \t]*\t$/, "") : line, stop, everywhere),
    );
  },
);

async function eachLine(
  process: ProcessContext,
  { name, given, operands }: AppletCall,
  converted: (line: string, stop: number, isCut?: boolean) => string,
): Promise<number> {
  const stop = readNumber(given.get("t")?.at(-1) ?? "8", 1, 4_294_967_295);
  if (typeof stop === "string") {
    process.stderr(`${name}: ${stop}\n`);
    return 1;
  }
  const all = await eachFile(
    process,
    operands,
    async (chunks) => {
      for await (const { text, ended } of linesOf(chunks)) {
        process.stdout(toBytes(ended ? `${converted(text, stop)}\n` : converted(text, stop, true)));
      }
    },
    (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
  );
  return all ? 0 : 1;
}

function expanded(line: string, stop: number, initialOnly: boolean): string {
  let out = "";
  let column = 0;
  for (const [at, letter] of [...line].entries()) {
    if (letter === "\t") {
      const width = stop - (column % stop);
      out += " ".repeat(width);
      column += width;
    } else {
      if (initialOnly && letter !== " ") return out + line.slice(at);
      out += letter;
      column++;
    }
  }
  return out;
}

function unexpanded(line: string, stop: number, everywhere: boolean): string {
  let out = "";
  let column = 0;
  let at = 0;
  while (at < line.length) {
    const [from, start] = [column, at];
    for (; line[at] === " " || line[at] === "\t"; at++)
      column += line[at] === " " ? 1 : stop - (column % stop);
    const tabs = Math.floor(column / stop) - Math.floor(from / stop);
    if (tabs > 0) out += "\t".repeat(tabs) + " ".repeat(column % stop);
    else out += " ".repeat(column - from);
    if (!everywhere && at > start) return out + line.slice(at);
    for (; at < line.length && line[at] !== " " && line[at] !== "\t"; at++) {
      out += line[at];
      column++;
    }
  }
  return out;
}
