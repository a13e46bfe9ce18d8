import { FileError } from "@dryharbor/kernel";
import { applet, BadUsage } from "./applet.js";
import { sizeWithSuffix } from "./size-suffix.js";

/** `truncate [-c] -s SIZE FILE...`: gives files a size. */
export const truncate = applet(
  {
    help: `truncate [-c] -s SIZE FILE...

Truncate FILEs to SIZE

	-c	Do not create files
	-s SIZE`,
    options: { flags: "c", values: "s" },
  },
  async ({ files, stderr }, { name, given, operands }) => {
    const text = given.get("s")?.at(-1);
    if (text === undefined || operands.length === 0) throw new BadUsage();
    const size = sizeWithSuffix(text);
    let code = 0;
    for (const path of operands) {
      try {
        if (given.has("c") && !files.exists(path)) continue;
        files.open(path, { write: true, create: true }).truncate(size);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        stderr(`${name}: ${path}: open: ${error.message}\n`);
        code = 1;
      }
    }
    return code;
  },
);
