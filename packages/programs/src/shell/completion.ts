// What the Tab key offers at a shell's prompt: programs, files, and what a program says of its own arguments.
import { absolutePath, FileError } from "@dryharbor/kernel";
import { builtinNames } from "./builtins.js";
import type { Shell } from "./shell.js";

/** What may stand at the end of a line. */
export interface Completion {
  /** What the word may become, in order. Directories end with a slash. */
  readonly matches: readonly string[];
  /** How much of a quoted match has been typed. */
  readonly typed: number;
  /** Quotes a match, as it is put into the line. */
  quote(match: string): string;
}

/** Returns how a line that ends at the cursor may go on. */
export async function complete(shell: Shell, line: string): Promise<Completion> {
  const { words, operator } = lastCommand(line);
  const word = words.at(-1) as Word;
  const [command, ...args] = words.map(({ text }) => text) as [string, ...string[]];
  if (args.length > 0 && operator === undefined) {
    const offered = await offeredBy(shell, command, args);
    if (offered) {
      const matches = inOrder(offered.filter((each) => each.startsWith(word.text)));
      return { matches, typed: quoteWord(word.text).length, quote: quoteWord };
    }
  }
  // A value behind a `=` is a file, too.
  const path = word.text.slice(word.text.lastIndexOf("=") + 1);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isCommand = args.length === 0 && operator === undefined;
  const wanted = isCommand ? "programs" : command === "cd" ? "directories" : "files";
  const matches =
    isCommand && path === name ? programsNamed(shell, name) : filesNamed(shell, path, name, wanted);
  return { matches: inOrder(matches), typed: quoteFile(name).length, quote: quoteFile };
}

/** Asks the program of a command what its last argument may become. */
async function offeredBy(
  shell: Shell,
  command: string,
  args: readonly string[],
): Promise<readonly string[] | undefined> {
  const { process, state } = shell;
  const path = state.variables.get("PATH") ?? "";
  const program = process.findProgram(command, { cwd: state.cwd, path });
  return await program?.complete?.(args, process);
}

function programsNamed({ process, state }: Shell, prefix: string): string[] {
  const found = builtinNames.filter((name) => name.startsWith(prefix));
  for (const directory of (state.variables.get("PATH") ?? "").split(":")) {
    const at = absolutePath(directory === "" ? "." : directory, state.cwd);
    for (const name of namesIn(process.files, at, prefix)) {
      if (process.files.executable(`${at}/${name}`)) found.push(name);
    }
  }
  return found;
}

function filesNamed(
  { process, state }: Shell,
  path: string,
  prefix: string,
  wanted: "programs" | "directories" | "files",
): string[] {
  const home = state.variables.get("HOME") ?? "";
  const given = path.slice(0, path.length - prefix.length).replace(/^~(?=\/)/, home);
  const directory = absolutePath(given === "" ? "." : given, state.cwd);
  return namesIn(process.files, directory, prefix).flatMap((name) => {
    const file = `${directory}/${name}`;
    if (process.files.isDirectory(file)) return [`${name}/`];
    if (wanted === "directories" || (wanted === "programs" && !process.files.executable(file))) return [];
    return [name];
  });
}

function namesIn(files: Shell["process"]["files"], directory: string, prefix: string): string[] {
  try {
    return files
      .list(directory)
      .filter((name) => name.startsWith(prefix) && (prefix !== "" || !name.startsWith(".")));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function inOrder(names: readonly string[]): string[] {
  return [...new Set(names)].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

const quoteFile = (name: string): string => name.replace(/[ `"#$&'()*;<>?[\\\]{|}~]/g, "\\$&");
const quoteWord = (word: string): string => word.replace(/[ `"$&'();<>\\|]/g, "\\$&");

/** A word of a line, without its quotes. */
interface Word {
  readonly text: string;
}

/**
 * Reads the words of the last command of a line, as far as completion needs them. The last word is the one at the
 * cursor, and may be empty.
 */
function lastCommand(line: string): {
  readonly words: readonly [Word, ...Word[]];
  readonly operator: "<" | ">" | undefined;
} {
  let words: Word[] = [];
  let text = "";
  let isWord = false;
  let operator: "<" | ">" | undefined;
  let quote: string | undefined;
  const endWord = (): void => {
    // What stands behind a `<` or `>` is no argument.
    if (isWord && operator === undefined) words.push({ text });
    if (isWord) operator = undefined;
    text = "";
    isWord = false;
  };
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string;
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else text += character === "\\" && quote === '"' ? (line[++at] ?? "") : character;
    } else if (character === "'" || character === '"') {
      quote = character;
      isWord = true;
    } else if (character === "\\") {
      text += line[++at] ?? "";
      isWord = true;
    } else if (character === " " || character === "\t") {
      endWord();
    } else if (";&|(`".includes(character)) {
      words = [];
      text = "";
      isWord = false;
      operator = undefined;
    } else if (character === "<" || character === ">") {
      endWord();
      operator = character;
    } else {
      text += character;
      isWord = true;
    }
  }
  const [first = { text }, ...others] = [...words, { text }];
  return { words: [first, ...others], operator };
}
