// What docker says about mistakes in a command line. Up to 26.1 it points at help with "See", later with "Run".
import { isIn, type Release, textIn } from "../releases.js";
import { miscount } from "./arguments.js";
import { CommandError } from "./errors.js";
import { helpOf } from "./help.js";
import { commandAt, type Path, pathText, usageLine } from "./path.js";

/** The error of flags that cannot be read. */
export function badFlags(path: Path, release: Release, problem: string): CommandError {
  const text = pathText(path);
  if (release.mistakes === "run") {
    return new CommandError(
      `${problem}\n\nUsage:  ${usageLine(path, release)}\n\nRun '${text} --help' for more information`,
      125,
    );
  }
  const usage = commandAt(path).commands ? `\n${helpOf(path, release)}` : "";
  return new CommandError(`${problem}\nSee '${text} --help'.${usage}`, 125);
}

/** The error of a word that is no command of a group. */
export function unknownCommand(path: Path, release: Release, word: string): CommandError {
  const text = pathText(path);
  if (release.mistakes === "run") {
    const usage = path.length === 1 ? "" : `Usage:  ${usageLine(path, release)}\n\n`;
    return new CommandError(
      `docker: unknown command: ${text} ${word}\n\n${usage}Run '${text} --help' for more information`,
    );
  }
  if (path.length === 1)
    return new CommandError(`docker: '${word}' is not a docker command.\nSee 'docker --help'`);
  return new CommandError(helpOf(path, release).trimEnd());
}

/** The word before "'docker … --help'". The slip of the others is gone in 29. */
function hintIn(release: Release, hint: string): string {
  return hint === "SRun" && isIn(release, { since: "29" }) ? "Run" : hint;
}

/** Checks how many arguments there are. @throws {CommandError} */
export function checkArguments(path: Path, release: Release, count: number): void {
  const command = commandAt(path);
  const problem = miscount(command.arguments, count);
  if (!problem) return;
  const text = pathText(path);
  throw new CommandError(
    release.mistakes === "run"
      ? `docker: '${text}' ${problem.run}\n\nUsage:  ${usageLine(path, release)}\n\n${hintIn(release, problem.hint)} '${text} --help' for more information`
      : `"${text}" ${problem.see}.\nSee '${text} --help'.\n\nUsage:  ${usageLine(path, release)}\n\n${textIn(release, command.short)}`,
  );
}
