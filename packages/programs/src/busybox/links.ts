import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";

/** `readlink [-fn] FILE`: prints the target of a symbolic link. */
export const readlink = applet(
  {
    help: `readlink [-fnv] FILE

Display the value of a symlink

	-n	Don't add newline
	-f	Canonicalize by following all symlinks
	-v	Verbose`,
    options: { flags: "fnv" },
  },
  async (process, { name, given, operands, usage }) => {
    const [path] = operands;
    if (path === undefined || operands.length > 1) return usage(process);
    const { files } = process;
    try {
      const target = given.has("f") ? files.realpath(path) : files.readlink(path);
      process.stdout(`${target}${given.has("n") ? "" : "\n"}`);
      return 0;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (given.has("v")) process.stderr(`${name}: ${path}: ${error.message}\n`);
      return 1;
    }
  },
);

/** `realpath FILE...`: prints absolute paths without symbolic links. */
export const realpath = applet(
  {
    help: `realpath FILE...

Print absolute pathnames of FILEs`,
    options: { flags: "" },
  },
  async (process, { name, operands, usage }) => {
    if (operands.length === 0) return usage(process);
    const { files } = process;
    let code = 0;
    for (const path of operands) {
      try {
        process.stdout(`${files.realpath(path)}\n`);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        process.stderr(`${name}: ${path}: ${error.message}\n`);
        code = 1;
      }
    }
    return code;
  },
);
