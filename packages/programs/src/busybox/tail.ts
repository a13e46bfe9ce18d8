import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { fromBytes, toBytes } from "./byte-text.js";
import { readCount, withOldCount } from "./count.js";
import { inputFile } from "./input-file.js";

const help = `tail [OPTIONS] [FILE]...

Print last 10 lines of FILEs (or stdin) to.
With more than one FILE, precede each with a filename header.

	-c [+]N[bkm]	Print last N bytes
	-n N[bkm]	Print last N lines
	-n +N[bkm]	Start on Nth line and print the rest
			(b:*512 k:*1024 m:*1024^2)
	-q		Never print headers
	-v		Always print headers
	-f		Print data as file grows
	-F		Same as -f, but keep retrying
	-s SECONDS	Wait SECONDS between reads with -f`;

/** `tail [-n N | -c N] [FILE]...`: prints the end of files. */
export const tail = applet(
  { help, options: { flags: "fqvF", values: "ncs" }, prepare: withOldCount },
  async (process, { name, given, operands }) => {
    const text = given.get("c")?.at(-1) ?? given.get("n")?.at(-1) ?? "10";
    const count = readCount(text.replace(/^[-+]/, ""));
    if (count === undefined) {
      process.stderr(`${name}: invalid number '${text}'\n`);
      return 1;
    }
    const files: { readonly path: string; readonly content: string }[] = [];
    let code = 0;
    for (const path of operands.length > 0 ? operands : ["-"]) {
      try {
        let content = "";
        for await (const chunk of inputFile(process, path)) content += fromBytes(chunk);
        files.push({ path, content });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        process.stderr(`${name}: can't open '${path}': ${error.message}\n`);
        code = 1;
      }
    }
    if (files.length === 0) process.stderr(`${name}: no files\n`);
    const titled = given.has("v") || (files.length > 1 && !given.has("q"));
    for (const [index, { path, content }] of files.entries()) {
      if (titled) {
        process.stdout(`${index === 0 ? "" : "\n"}==> ${path === "-" ? "standard input" : path} <==\n`);
      }
      process.stdout(toBytes(ending(content, count, text.startsWith("+"), given.has("c"))));
    }
    if (given.has("f") || given.has("F")) await process.sleep(Number.POSITIVE_INFINITY);
    return code;
  },
);

function ending(content: string, count: number, fromStart: boolean, bytes: boolean): string {
  if (bytes) return content.slice(fromStart ? Math.max(0, count - 1) : Math.max(0, content.length - count));
  const lines = content.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.slice(fromStart ? Math.max(0, count - 1) : Math.max(0, lines.length - count)).join("");
}
