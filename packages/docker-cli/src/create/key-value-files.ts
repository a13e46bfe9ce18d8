// The files of `--env-file` and `--label-file`: a `key=value` on each line.
import { FileError } from "@dryharbor/kernel";
import { CommandError } from "../command/errors.js";
import type { CommandIo } from "../io.js";
import { isIn, type Release } from "../releases.js";

/**
 * Reads such files.
 *
 * @param lookUp the value of a key that stands alone. Without one the line counts for nothing
 * @throws {CommandError}
 */
export function readKeyValueFiles(
  io: CommandIo,
  release: Release,
  paths: readonly string[],
  lookUp: (key: string) => string | undefined = () => undefined,
): string[] {
  return paths.flatMap((path) => {
    const wrong = (why: string): CommandError =>
      new CommandError(
        isIn(release, { since: "28.5" })
          ? `invalid env file (${path}): ${why}`
          : `poorly formatted environment: ${why}`,
      );
    return linesOf(io, path).flatMap((line) => {
      const text = line.trimStart();
      if (text === "" || text.startsWith("#")) return [];
      const equals = text.indexOf("=");
      const key = equals < 0 ? text : text.slice(0, equals);
      if (/[ \t]/.test(key)) throw wrong(`variable '${key}' contains whitespaces`);
      if (key === "") throw wrong(`no variable name on line '${text}'`);
      if (equals >= 0) return [text];
      const value = lookUp(key);
      return value === undefined ? [] : [`${key}=${value}`];
    });
  });
}

function linesOf(io: CommandIo, path: string): string[] {
  try {
    return new TextDecoder().decode(io.files.read(path)).split(/\r?\n/);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(`open ${path}: ${error.message.toLowerCase()}`);
  }
}
