// Where a command is in the tree, and how its path and usage read.
import { isIn, type Release, textIn } from "../releases.js";
import type { Command } from "./command.js";

/** Where a command is in the tree: the commands that lead to it, the first one is `docker`. */
export type Path = readonly [Command, ...Command[]];

export function pathText(path: Path): string {
  return path.map(({ name }) => name).join(" ");
}

/** The last command of a path. */
export function commandAt(path: Path): Command {
  return path.at(-1)!;
}

/** The usage line, e.g. `docker network rm NETWORK [NETWORK...]`. */
export function usageLine(path: Path, release: Release): string {
  const command = commandAt(path);
  const usage =
    path.length === 1 && release.mistakes === "run"
      ? "[OPTIONS] COMMAND [ARG...]"
      : textIn(release, command.usage);
  return [pathText(path), ...(usage === "" ? [] : [usage])].join(" ");
}

/** The command of a group that a word calls, in this release. */
export function findCommand(parent: Command, release: Release, word: string): Command | undefined {
  return parent.commands?.find(
    (command) => isIn(release, command) && (command.name === word || command.aliases?.includes(word)),
  );
}
