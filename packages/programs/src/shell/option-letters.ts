import { ShellError } from "./flow.js";

/** Parses the single-letter options of a builtin. Returns them and the other words. @throws {ShellError} */
export function letters(words: readonly string[], allowed: string): { given: Set<string>; rest: string[] } {
  const given = new Set<string>();
  const rest = words.slice(1);
  while (rest[0] !== undefined && /^-./.test(rest[0])) {
    const word = rest.shift() as string;
    if (word === "--") break;
    for (const letter of word.slice(1)) {
      if (!allowed.includes(letter)) throw new ShellError(`illegal option -${letter}`);
      given.add(letter);
    }
  }
  return { given, rest };
}
