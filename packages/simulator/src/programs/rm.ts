import { FileError } from "../core/filesystem/error.js";
import { applet } from "./applet.js";

/** `rm [-rf] FILE...` */
export const rm = applet(
  {
    help: `rm [-irf] FILE...

Remove (unlink) FILEs

	-i	Always prompt before removing
	-f	Never prompt
	-R,-r	Recurse`,
    options: { flags: "fiRr" },
  },
  async (process, { name, given, operands, usage }) => {
    if (operands.length === 0) return given.has("f") ? 0 : usage(process);
    const files = process.container.files.with({ cwd: process.cwd });
    const recurses = given.has("r") || given.has("R");
    let code = 0;
    const complain = (text: string): void => {
      process.stderr(`${name}: ${text}\n`);
      code = 1;
    };
    for (const path of operands) {
      const last = path.replace(/\/+$/, "").split("/").at(-1);
      if (last === "." || last === "..") {
        complain(`can't remove '.' or '..'`);
        continue;
      }
      try {
        if (files.lstat(path).type === "directory" && !recurses) complain(`'${path}' is a directory`);
        else files.remove(path);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code === "ENOENT" && given.has("f")) continue;
        complain(`can't remove '${path}': ${error.message}`);
      }
    }
    return code;
  },
);
