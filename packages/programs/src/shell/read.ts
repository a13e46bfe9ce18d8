import { FileError } from "@dryharbor/kernel";
import { ShellError } from "./flow.js";
import { isName } from "./parser.js";
import type { Shell } from "./shell.js";

/**
 * `read [-rs] [-p PROMPT] [-n COUNT] [-t SECONDS] [-d DELIMITER] [-u FD] [NAME]...`: reads a line and divides
 * it into variables.
 */
export async function readLineInto(shell: Shell, words: readonly string[]): Promise<number> {
  const { raw, prompt, count, seconds, delimiter, descriptor, names } = readArguments(words);
  for (const name of names) {
    if (isName(name)) continue;
    shell.printError(`${shell.state.name}: read: '${name}': bad variable name\n`);
    return 1;
  }
  const file = shell.process.descriptors.get(descriptor);
  if (file?.terminal && prompt !== undefined) shell.printError(prompt);
  if (seconds === 0) return file ? 0 : 1;
  if (!file) return 1;

  const letters: { text: string; escaped: boolean }[] = [];
  const bytes: number[] = [];
  let escaped = false;
  let ended = false;
  const limit =
    seconds === undefined ? undefined : shell.process.sleep(seconds * 1000).then(() => "time" as const);
  const flush = (): void => {
    if (bytes.length === 0) return;
    for (const letter of new TextDecoder().decode(Uint8Array.from(bytes))) {
      letters.push({ text: letter, escaped: false });
    }
    bytes.length = 0;
  };
  for (;;) {
    if (count !== undefined && bytes.length + letters.length >= count) break;
    let data: Uint8Array | undefined | "time";
    try {
      const next = shell.process.read(file, 1);
      data = await (limit ? Promise.race([next, limit]) : next);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      shell.printError(`${shell.state.name}: read: read error: ${error.message}\n`);
      return 1;
    }
    if (data === "time") {
      flush();
      return 142;
    }
    const byte = data?.[0];
    if (byte === undefined) {
      ended = true;
      break;
    }
    if (byte === 0) continue;
    if (escaped) {
      escaped = false;
      if (byte === 10) continue;
      flush();
      letters.push({ text: String.fromCharCode(byte), escaped: true });
      continue;
    }
    if (byte === 92 && !raw) {
      escaped = true;
      continue;
    }
    if (byte === delimiter) break;
    bytes.push(byte);
  }
  flush();
  assignFields(shell, letters, names);
  return ended ? 1 : 0;
}

interface ReadArguments {
  readonly raw: boolean;
  readonly prompt: string | undefined;
  readonly count: number | undefined;
  readonly seconds: number | undefined;
  readonly delimiter: number;
  readonly descriptor: number;
  readonly names: readonly string[];
}

function readArguments(words: readonly string[]): ReadArguments {
  const values = new Map<string, string>();
  const rest = words.slice(1);
  while (rest[0] !== undefined && /^-./.test(rest[0])) {
    const word = rest.shift() as string;
    if (word === "--") break;
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] as string;
      if (letter === "r" || letter === "s") {
        values.set(letter, "");
        continue;
      }
      if (!"pntdu".includes(letter)) throw new ShellError(`illegal option -${letter}`);
      const value = word.slice(at + 1) || rest.shift();
      if (value === undefined) throw new ShellError(`no arg for -${letter} option`);
      values.set(letter, value);
      break;
    }
  }
  const number = (letter: string): number | undefined => {
    const text = values.get(letter);
    return text === undefined ? undefined : Number(text);
  };
  return {
    raw: values.has("r"),
    prompt: values.get("p"),
    count: number("n"),
    seconds: number("t"),
    delimiter: values.has("d") ? (values.get("d") || "\0").charCodeAt(0) : 10,
    descriptor: number("u") ?? 0,
    names: rest,
  };
}

/**
 * Divides a line at the separators of `IFS` and assigns the fields. The last variable gets the rest of the
 * line.
 */
function assignFields(
  shell: Shell,
  letters: readonly { readonly text: string; readonly escaped: boolean }[],
  names: readonly string[],
): void {
  const separators = shell.parameter("IFS") ?? " \t\n";
  const isSeparator = (at: number): boolean => {
    const letter = letters[at];
    return letter !== undefined && !letter.escaped && separators.includes(letter.text);
  };
  const isBlank = (at: number): boolean => isSeparator(at) && /\s/.test(letters[at]?.text ?? "");
  const textOf = (from: number, to: number): string =>
    letters
      .slice(from, to)
      .map(({ text }) => text)
      .join("");

  if (names.length === 0) {
    shell.assign("REPLY", textOf(0, letters.length));
    return;
  }
  let at = 0;
  while (isBlank(at)) at++;
  for (const [index, name] of names.entries()) {
    if (index === names.length - 1) {
      let end = letters.length;
      while (end > at && isBlank(end - 1)) end--;
      // A separator at the very end is dropped when it is the only one in the last field.
      let close = end;
      if (close > at && isSeparator(close - 1) && !isBlank(close - 1)) {
        let others = 0;
        for (let each = at; each < close - 1; each++) if (isSeparator(each) && !isBlank(each)) others++;
        if (others === 0) {
          close--;
          while (close > at && isBlank(close - 1)) close--;
        }
      }
      shell.assign(name, textOf(at, close));
      break;
    }
    const from = at;
    while (at < letters.length && !isSeparator(at)) at++;
    shell.assign(name, textOf(from, at));
    while (isBlank(at)) at++;
    if (isSeparator(at)) {
      at++;
      while (isBlank(at)) at++;
    } else if (at < letters.length && from === at) break;
  }
}
