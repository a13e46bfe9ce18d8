import { applet } from "./applet.js";
import { findProgram } from "./find-program.js";
import { wholeFile } from "./input-file.js";

const help = `xargs [OPTIONS] [PROG ARGS]

Run PROG on every item given by stdin

	-0	NUL terminated input
	-a FILE	Read from FILE instead of stdin
	-o	Reopen stdin as /dev/tty
	-r	Don't run command if input is empty
	-t	Print the command on stderr before execution
	-p	Ask user whether to run each command
	-E STR,-e[STR]	STR stops input processing
	-I STR	Replace STR within PROG ARGS with input line
	-n N	Pass no more than N args to PROG
	-s N	Pass command line of no more than N bytes
	-P N	Run up to N PROGs in parallel
	-x	Exit if size is exceeded`;

/** `xargs [OPTIONS] [PROG ARGS]`: runs a program with the words of standard input as arguments. */
export const xargs = applet(
  { help, options: { flags: "0rtpxo", values: "nsEeIaP", first: true } },
  async (process, { name, given, operands }) => {
    const text = new TextDecoder().decode(await wholeFile(process, given.get("a")?.at(-1) ?? "-"));
    const end = given.get("E")?.at(-1);
    const replaced = given.get("I")?.at(-1);
    let words: string[];
    if (given.has("0")) words = text.split("\0").slice(0, text.endsWith("\0") ? -1 : undefined);
    else if (replaced !== undefined) {
      words = text
        .split("\n")
        .map((line) => line.trimStart())
        .filter((line) => line !== "");
    } else {
      const found = wordsOf(text);
      if (typeof found === "string") {
        process.stderr(`${name}: ${found}\n`);
        return 1;
      }
      words = found;
    }
    if (end !== undefined && words.includes(end)) words = words.slice(0, words.indexOf(end));
    const command = operands.length > 0 ? operands : ["echo"];
    const size = Number(given.get("n")?.at(-1) ?? Number.POSITIVE_INFINITY);
    const calls: string[][] = [];
    if (replaced !== undefined) {
      for (const word of words) calls.push(command.map((each) => each.replaceAll(replaced, word)));
    } else if (words.length === 0) {
      if (!given.has("r")) calls.push([...command]);
    } else {
      for (let at = 0; at < words.length; at += size) calls.push([...command, ...words.slice(at, at + size)]);
    }
    let code = 0;
    for (const call of calls) {
      if (given.has("t")) process.stderr(`${call.join(" ")}\n`);
      const [program = "", ...args] = call;
      const found = findProgram(process, program);
      if (!found) {
        process.stderr(`${name}: ${program}: No such file or directory\n`);
        return 127;
      }
      const { env, cwd, descriptors } = process;
      const ended = await process.start(found, { argv: [program, ...args], env, cwd, descriptors }).ended;
      if (ended.signal !== undefined) {
        process.stderr(`${name}: '${program}' terminated by signal ${ended.signal}\n`);
        return 125;
      }
      if (ended.code === 255) {
        process.stderr(`${name}: ${program}: exited with status 255; aborting\n`);
        return 124;
      }
      if (ended.code !== 0) code = 123;
    }
    return code;
  },
);

/**
 * Divides a text into words and removes their quotes. Returns the error message when a quote is not closed.
 */
function wordsOf(text: string): string[] | string {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === "'" || letter === '"') {
      const close = text.indexOf(letter, at + 1);
      const line = text.indexOf("\n", at + 1);
      if (close < 0 || (line >= 0 && line < close))
        return `unmatched ${letter === "'" ? "single" : "double"} quote`;
      word = (word ?? "") + text.slice(at + 1, close);
      at = close;
    } else if (letter === "\\" && at + 1 < text.length) {
      at++;
      word = (word ?? "") + text[at];
    } else word = (word ?? "") + letter;
  }
  if (word !== undefined) words.push(word);
  return words;
}
