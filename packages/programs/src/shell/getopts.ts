import { ShellError } from "./flow.js";
import { isName } from "./parser.js";
import type { Shell } from "./shell.js";

/** `getopts LETTERS NAME [ARG]...`: assigns the next option of the arguments to a variable. */
export function readOptionLetters(shell: Shell, words: readonly string[]): number {
  const [, letters, name, ...given] = words;
  if (letters === undefined || name === undefined) {
    throw new ShellError("usage: getopts optstring var [arg]");
  }
  if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
  const args = given.length > 0 ? given : shell.positional;
  const silent = letters.startsWith(":");
  const place = shell.optionsRead;
  const finish = (letter: string, argument: string | undefined, done = false): number => {
    shell.assign(name, letter);
    if (argument === undefined) shell.state.variables.unset("OPTARG");
    else shell.assign("OPTARG", argument);
    const { index, at } = place;
    shell.assign("OPTIND", String(index));
    shell.optionsRead = { index, at };
    return done ? 1 : 0;
  };

  if (place.at === 0) {
    const word = args[place.index - 1];
    if (word === undefined || !/^-./.test(word)) return finish("?", undefined, true);
    if (word === "--") {
      place.index++;
      return finish("?", undefined, true);
    }
    place.at = 1;
  }
  const word = args[place.index - 1] ?? "-";
  const letter = word[place.at] ?? "";
  place.at++;
  const isOver = place.at >= word.length;
  const known = letter !== ":" && letters.replace(/^:/, "").includes(letter);
  if (!known) {
    if (isOver) next(place);
    if (silent) return finish("?", letter);
    shell.printError(`Illegal option -${letter}\n`);
    return finish("?", undefined);
  }
  const takesValue = letters.replace(/^:/, "")[letters.replace(/^:/, "").indexOf(letter) + 1] === ":";
  if (!takesValue) {
    if (isOver) next(place);
    return finish(letter, "");
  }
  if (!isOver) {
    const value = word.slice(place.at);
    next(place);
    return finish(letter, value);
  }
  const value = args[place.index];
  next(place);
  if (value === undefined) {
    if (silent) return finish(":", letter);
    shell.printError(`No arg for -${letter} option\n`);
    return finish("?", undefined);
  }
  place.index++;
  return finish(letter, value);
}

function next(place: { index: number; at: number }): void {
  place.index++;
  place.at = 0;
}
