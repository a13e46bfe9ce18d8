import { FileError, type ProcessContext } from "@dryharbor/kernel";
import {
  type Assertion,
  assertion,
  atTextEnd,
  atTextStart,
  BadPattern,
  literalTree,
  type Match,
  Matcher,
  MatchTooCostly,
  notAfterWord,
  notBeforeWord,
  type PosixOptions,
  posixTree,
  sequence,
  type Tree,
} from "@dryharbor/kernel/patterns";
import { type AppletCall, applet } from "./applet.js";
import { type ByteText, byteText, toBytes } from "./byte-text.js";
import { eachFile, wholeFile } from "./input-file.js";
import { linesOf } from "./lines.js";

const help = `grep [-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...

Search for PATTERN in FILEs (or stdin)

	-H	Add 'filename:' prefix
	-h	Do not add 'filename:' prefix
	-n	Add 'line_no:' prefix
	-l	Show only names of files that match
	-L	Show only names of files that don't match
	-c	Show only count of matching lines
	-o	Show only the matching part of line
	-q	Quiet. Return 0 if PATTERN is found, 1 otherwise
	-v	Select non-matching lines
	-s	Suppress open and read errors
	-r	Recurse
	-R	Recurse and dereference symlinks
	-i	Ignore case
	-w	Match whole words only
	-x	Match whole lines only
	-F	PATTERN is a literal (not regexp)
	-E	PATTERN is an extended regexp
	-z	NUL terminated input
	-m N	Match up to N times per file
	-A N	Print N lines of trailing context
	-B N	Print N lines of leading context
	-C N	Same as '-A N -B N'
	-e PTRN	Pattern to match
	-f FILE	Read pattern from file`;

const options = { flags: "HhnlLcoqvsrRiwxFEzayI", values: "mABCef" };

/** `grep PATTERN [FILE]...`: prints the lines that match a pattern. */
export const grep = applet({ help, options, usageCode: 2 }, (process, call) => search(process, call, ""));
/** `egrep`: the same as `grep -E`. Its help text is that of `grep`, as in BusyBox. */
export const egrep = applet({ help, options, usageCode: 2 }, (process, call) => search(process, call, "E"));
/** `fgrep`: the same as `grep -F`. */
export const fgrep = applet({ help, options, usageCode: 2 }, (process, call) => search(process, call, "F"));

/** The error of an invalid pattern. The message is BusyBox's. */
class PatternProblem extends Error {}

async function search(
  process: ProcessContext,
  { name, given, operands, usage }: AppletCall,
  kind: "" | "E" | "F",
): Promise<number> {
  const files = [...operands];
  const texts = (given.get("e") ?? []).flatMap((text) => text.split("\n"));
  for (const path of given.get("f") ?? []) {
    try {
      texts.push(
        ...new TextDecoder()
          .decode(await wholeFile(process, path))
          .replace(/\n$/, "")
          .split("\n"),
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr(`${name}: ${path}: ${error.message}\n`);
      return 2;
    }
  }
  if (!given.has("e") && !given.has("f")) {
    const pattern = files.shift();
    if (pattern === undefined) {
      return usage(process);
    }
    texts.push(...pattern.split("\n"));
  }
  const patterns = new Patterns(texts.map(byteText), given, kind);
  const printer = new Printer(process, given, files.length > 1 || given.has("r") || given.has("R"));
  let found = false;
  let all: boolean;
  try {
    all = await eachFile(
      process,
      files,
      async (chunks, path) => {
        if (found && given.has("q")) return;
        const title = path === "-" ? "(standard input)" : path;
        if (await searchFile(process, chunks, patterns, printer, given, title)) found = true;
      },
      (path, problem) => {
        if (!given.has("s")) process.stderr(`${name}: ${path}: ${problem}\n`);
      },
    );
  } catch (error) {
    if (!(error instanceof PatternProblem || error instanceof MatchTooCostly)) throw error;
    process.stderr(`${name}: ${error.message}\n`);
    return 2;
  }
  if (found && given.has("q")) return 0;
  return all ? (found ? 0 : 1) : 2;
}

/** Searches one file and prints the result. Returns whether the file counts as found, which `-L` reverses. */
async function searchFile(
  process: ProcessContext,
  chunks: AsyncIterable<Uint8Array>,
  patterns: Patterns,
  printer: Printer,
  given: AppletCall["given"],
  title: string,
): Promise<boolean> {
  const numberOf = (letter: string, other: number): number => Number(given.get(letter)?.at(-1) ?? other);
  const context = numberOf("C", 0);
  const after = numberOf("A", context);
  const before = numberOf("B", context);
  const most = numberOf("m", Number.POSITIVE_INFINITY);
  const silent = given.has("q") || given.has("l") || given.has("L") || given.has("c");
  const waiting: { readonly number: number; readonly text: ByteText }[] = [];
  let number = 0;
  let count = 0;
  let owed = 0;
  let lastShown = 0;
  const show = (at: number, text: ByteText, matched: boolean): void => {
    if ((after > 0 || before > 0) && lastShown > 0 && at > lastShown + 1) printer.separator();
    lastShown = at;
    printer.line(title, at, text, matched, patterns);
  };
  for await (const { text } of linesOf(chunks, given.has("z") ? "\0" : "\n")) {
    await process.caughtUp();
    number++;
    if (patterns.match(text) !== given.has("v")) {
      count++;
      if (!silent) {
        for (const line of waiting.splice(0)) show(line.number, line.text, false);
        show(number, text, true);
      }
      owed = after;
      if (given.has("q") || given.has("l") || given.has("L") || count >= most) break;
    } else if (!silent && owed > 0) {
      show(number, text, false);
      owed--;
    } else if (before > 0) {
      waiting.push({ number, text });
      if (waiting.length > before) waiting.shift();
    }
  }
  if (given.has("c")) printer.count(title, count);
  if (given.has("l") && count > 0) printer.name(title);
  if (given.has("L") && count === 0) printer.name(title);
  return given.has("L") ? count === 0 : count > 0;
}

/**
 * The patterns of a call. Each is compiled at its first use, so an invalid pattern is no error for an empty
 * file.
 */
class Patterns {
  readonly #given: AppletCall["given"];
  readonly #options: PosixOptions;
  readonly #fixed: boolean;
  readonly #patterns: readonly ByteText[];
  readonly #matchers: Matcher[] = [];

  constructor(patterns: readonly ByteText[], given: AppletCall["given"], kind: "" | "E" | "F") {
    this.#patterns = patterns;
    this.#given = given;
    this.#fixed = kind === "F" || given.has("F");
    this.#options = {
      extended: kind === "E" || given.has("E"),
      ignoreCase: given.has("i") || given.has("y"),
      lenient: true,
    };
  }

  /** @throws {PatternProblem} */
  #matcher(index: number): Matcher {
    this.#matchers[index] ??= this.#read(this.#patterns[index] as ByteText);
    return this.#matchers[index];
  }

  #read(pattern: ByteText): Matcher {
    try {
      const tree = this.#fixed ? literalTree(pattern, this.#options) : posixTree(pattern, this.#options);
      if (this.#given.has("x")) return new Matcher(between(atTextStart, tree, atTextEnd));
      return new Matcher(this.#given.has("w") ? between(notAfterWord, tree, notBeforeWord) : tree);
    } catch (error) {
      if (error instanceof BadPattern) throw new PatternProblem(`bad regex '${pattern}'`);
      throw error;
    }
  }

  /** @throws {PatternProblem} @throws {MatchTooCostly} */
  match(text: ByteText): boolean {
    return this.#patterns.some((_, index) => this.#matcher(index).test(text));
  }

  /** Returns the parts of a line that match. */
  pieces(text: ByteText): ByteText[] {
    const pieces: ByteText[] = [];
    for (let at = 0; at < text.length; ) {
      let first: Match | undefined;
      for (const index of this.#patterns.keys()) {
        const match = firstNonEmpty(this.#matcher(index), text, at);
        if (!match) continue;
        if (
          !first ||
          match.index < first.index ||
          (match.index === first.index && match.groups[0].length > first.groups[0].length)
        ) {
          first = match;
        }
      }
      if (!first) break;
      pieces.push(first.groups[0]);
      at = first.index + first.groups[0].length;
    }
    return pieces;
  }
}

/** Finds the first match that is not empty. */
function firstNonEmpty(matcher: Matcher, text: ByteText, from: number): Match | undefined {
  let match = matcher.find(text, from);
  while (match?.groups[0] === "") {
    match = match.index < text.length ? matcher.find(text, match.index + 1) : undefined;
  }
  return match;
}

function between(before: Assertion, tree: Tree, after: Assertion): Tree {
  return sequence([assertion(before), tree, assertion(after)]);
}

class Printer {
  readonly #process: ProcessContext;
  readonly #given: AppletCall["given"];
  readonly #named: boolean;

  constructor(process: ProcessContext, given: AppletCall["given"], several: boolean) {
    this.#process = process;
    this.#given = given;
    this.#named = given.has("H") || (several && !given.has("h"));
  }

  line(title: string, number: number, text: ByteText, matched: boolean, patterns: Patterns): void {
    const mark = matched ? ":" : "-";
    const head = `${this.#named ? `${title}${mark}` : ""}${this.#given.has("n") ? `${number}${mark}` : ""}`;
    const end = this.#given.has("z") ? "\0" : "\n";
    const shown = this.#given.has("o")
      ? matched && !this.#given.has("v")
        ? patterns.pieces(text)
        : []
      : [text];
    for (const piece of shown) this.#process.stdout(toBytes(`${byteText(head)}${piece}${end}`));
  }

  separator(): void {
    this.#process.stdout("--\n");
  }

  count(title: string, count: number): void {
    this.#process.stdout(`${this.#named ? `${title}:` : ""}${count}\n`);
  }

  name(title: string): void {
    this.#process.stdout(`${title}\n`);
  }
}
