import type { ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { type ByteText, fromBytes, toBytes } from "./byte-text.js";
import { readCount, withOldCount } from "./count.js";
import { eachFile } from "./input-file.js";
import { linesOf } from "./lines.js";

const help = `head [OPTIONS] [FILE]...

Print first 10 lines of FILEs (or stdin).
With more than one FILE, precede each with a filename header.

	-n N[bkm]	Print first N lines
	-n -N[bkm]	Print all except N last lines
	-c [-]N[bkm]	Print first N bytes
			(b:*512 k:*1024 m:*1024^2)
	-q		Never print headers
	-v		Always print headers`;

/** `head [-n N | -c N] [FILE]...`: prints the beginning of files. */
export const head = applet(
  { help, options: { flags: "qv", values: "nc" }, prepare: withOldCount },
  async (process, { name, given, operands }) => {
    const text = given.get("c")?.at(-1) ?? given.get("n")?.at(-1) ?? "10";
    const count = readCount(text.replace(/^-/, ""));
    if (count === undefined) {
      process.stderr(`${name}: invalid number '${text}'\n`);
      return 1;
    }
    const titled = given.has("v") || (operands.length > 1 && !given.has("q"));
    let first = true;
    const all = await eachFile(
      process,
      operands,
      async (chunks, path) => {
        if (titled) {
          process.stdout(`${first ? "" : "\n"}==> ${path === "-" ? "standard input" : path} <==\n`);
        }
        first = false;
        const butLast = text.startsWith("-");
        if (given.has("c")) await (butLast ? allButBytes : someBytes)(process, chunks, count);
        else await (butLast ? allButLines : someLines)(process, chunks, count);
      },
      (path, problem) => process.stderr(`${name}: ${path}: ${problem}\n`),
    );
    return all ? 0 : 1;
  },
);

async function someLines(
  process: ProcessContext,
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): Promise<void> {
  if (count === 0) return;
  let left = count;
  for await (const { text, ended } of linesOf(chunks)) {
    process.stdout(toBytes(ended ? `${text}\n` : text));
    left--;
    if (left === 0) return;
  }
}

async function allButLines(
  process: ProcessContext,
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): Promise<void> {
  const waiting: ByteText[] = [];
  for await (const { text, ended } of linesOf(chunks)) {
    waiting.push(ended ? `${text}\n` : text);
    if (waiting.length > count) process.stdout(toBytes(waiting.shift() as ByteText));
  }
}

async function someBytes(
  process: ProcessContext,
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): Promise<void> {
  if (count === 0) return;
  let left = count;
  for await (const chunk of chunks) {
    process.stdout(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) return;
  }
}

async function allButBytes(
  process: ProcessContext,
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): Promise<void> {
  let text = "";
  for await (const chunk of chunks) text += fromBytes(chunk);
  process.stdout(toBytes(text.slice(0, Math.max(0, text.length - count))));
}
