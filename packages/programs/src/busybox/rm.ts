import { FileError } from "@dryharbor/kernel";
import { withoutTrailing } from "@dryharbor/kernel/patterns";
import { applet } from "./applet.js";

/** `rm [-rf] FILE...`: removes files and directories. */
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
    const { files } = process;
    const recurses = given.has("r") || given.has("R");
    let code = 0;
    const complain = (text: string): void => {
      process.stderr(`${name}: ${text}\n`);
      code = 1;
    };
    /**
     * Removes a path. Returns `false` when something in it cannot be removed, so that its directories are
     * kept.
     */
    const remove = (path: string): boolean => {
      let problem = "stat";
      try {
        const { type } = files.lstat(path);
        problem = "remove";
        if (type !== "directory") files.unlink(path);
        else if (!recurses) complain(`'${path}' is a directory`);
        else {
          const kept = files.list(path).filter((entry) => !remove(`${path.replace(/\/$/, "")}/${entry}`));
          if (kept.length > 0) return false;
          files.rmdir(path);
        }
        return true;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code === "ENOENT" && given.has("f")) return true;
        complain(`can't ${error.code === "ENOENT" ? "remove" : problem} '${path}': ${error.message}`);
        return false;
      }
    };
    for (const path of operands) {
      const last = withoutTrailing(path, "/").split("/").at(-1);
      if (last === "." || last === "..") {
        complain(`can't remove '.' or '..'`);
        continue;
      }
      remove(path);
    }
    return code;
  },
);
