import { FileError, type Files } from "@dryharbor/kernel";
import { withoutTrailing } from "@dryharbor/kernel/patterns";
import { applet } from "./applet.js";
import { changedMode } from "./file-mode.js";

/** `mkdir [-m MODE] [-p] DIRECTORY...`: creates directories. */
export const mkdir = applet(
  {
    help: `mkdir [-m MODE] [-p] DIRECTORY...

Create DIRECTORY

	-m MODE	Mode
	-p	No error if exists; make parent directories as needed`,
    options: { flags: "p", values: "m", long: { parents: "p", mode: "m" } },
  },
  async (process, { name, given, operands, usage }) => {
    if (operands.length === 0) return usage(process);
    const { files } = process;
    const wanted = given.get("m")?.at(-1);
    let code = 0;
    for (const path of operands) {
      try {
        if (given.has("p")) {
          files.makeDirectories(path);
          if (!files.isDirectory(path)) throw new FileError("EEXIST");
        } else files.mkdir(path);
        const mode = wanted === undefined ? undefined : changedMode(wanted, files.stat(path));
        if (mode !== undefined) files.chmod(path, mode);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const shown = given.has("p") ? firstToMake(process.files, path) : path;
        process.stderr(`${name}: can't create directory '${shown}': ${error.message}\n`);
        code = 1;
      }
    }
    return code;
  },
);

/** Returns the first part of a path that is no directory: that of a parent ends with a slash. */
function firstToMake(files: Files, path: string): string {
  for (const { index } of path.matchAll(/\/+(?=[^/])/g)) {
    if (index > 0 && !files.isDirectory(path.slice(0, index))) return path.slice(0, index + 1);
  }
  return path;
}

/** `rmdir [-p] DIRECTORY...`: removes empty directories. */
export const rmdir = applet(
  {
    help: `rmdir [-p] DIRECTORY...

Remove DIRECTORY if it is empty

	-p	Include parents
	--ignore-fail-on-non-empty`,
    options: { flags: "p", long: { parents: "p", "ignore-fail-on-non-empty": "I" } },
  },
  async (process, { name, given, operands, usage }) => {
    if (operands.length === 0) return usage(process);
    const { files } = process;
    let code = 0;
    for (const path of operands) {
      for (let each = withoutTrailing(path, "/"); each !== "" && each !== "."; ) {
        try {
          files.rmdir(each);
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          process.stderr(`${name}: '${each}': ${error.message}\n`);
          code = 1;
          break;
        }
        if (!given.has("p")) break;
        each = each.includes("/") ? each.slice(0, each.lastIndexOf("/")) : "";
      }
    }
    return code;
  },
);
