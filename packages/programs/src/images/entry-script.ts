import { FileError, type Files, type User } from "@dryharbor/kernel";
import { Accounts } from "../busybox/accounts.js";
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

/**
 * Returns the user that a script's own program becomes, where root has started it. What is in the directory then belongs to
 * that user.
 *
 * @param directory the working directory
 */
export function userOf(
  { program, user }: EntryScript,
  command: string,
  files: Files,
  directory: string,
): User | undefined {
  if (user === undefined || command !== program?.split(" ", 1)[0]) return undefined;
  const accounts = new Accounts(files);
  const account = accounts.userNamed(user);
  if (!account) return undefined;
  const { uid, gid } = account;
  try {
    for (const path of [directory, ...files.list(directory).map((name) => `${directory}/${name}`)]) {
      if (files.lstat(path).uid !== uid) files.chown(path, uid, gid, false);
    }
  } catch (error) {
    // Where it cannot be changed, as in a volume that can only be read, the program says so.
    if (!(error instanceof FileError)) throw error;
  }
  return { uid, gid, groups: accounts.groupsOf(account) };
}
