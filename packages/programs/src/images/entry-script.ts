import type { EntryScript } from "./facts.js";

/** Returns the text of an entry point's script, for the shell. */
export function entryScript({ program, own = "-*", ownIfUnknown }: EntryScript): string {
  if (program === undefined) return '#!/bin/sh\nset -e\nexec "$@"\n';
  const prepended = `set -- ${program} "$@"`;
  const check = ownIfUnknown ? `if [ -z "$(command -v "$1")" ]; then ${prepended}; fi\n` : "";
  return `#!/bin/sh\nset -e\ncase $1 in\n${own}) ${prepended} ;;\nesac\n${check}exec "$@"\n`;
}

/**
 * Returns the command that the script becomes with these arguments, without a shell; `undefined` where there is none, and
 * the shell has to say so.
 *
 * @param isThere whether a command can be found
 */
export function becomes(
  { program, own = "-*", ownIfUnknown }: EntryScript,
  args: readonly string[],
  isThere: (command: string) => boolean,
): readonly [string, ...string[]] | undefined {
  const [first = ""] = args;
  const isOwn = program !== undefined && (matches(own, first) || (ownIfUnknown === true && !isThere(first)));
  const [command, ...rest] = isOwn ? [...program.split(" "), ...args] : args;
  return command !== undefined && isThere(command) ? [command, ...rest] : undefined;
}

/** Matches patterns such as `-*|*.conf`, in which a star alone is special. */
function matches(patterns: string, text: string): boolean {
  return patterns.split("|").some((pattern) => {
    const [begin = "", end] = pattern.split("*");
    if (end === undefined) return text === begin;
    return text.length >= begin.length + end.length && text.startsWith(begin) && text.endsWith(end);
  });
}
