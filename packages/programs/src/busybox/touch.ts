import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { readDate, zoneOf } from "./dates.js";

/** `touch [-c] [-d DATE] [-r FILE] FILE...`: sets the modification time of files and creates missing ones. */
export const touch = applet(
  {
    help: `touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...

Update mtime of FILEs

	-c	Don't create files
	-h	Don't follow links
	-a	Change only atime
	-m	Change only mtime
	-d DT	Date/time to use
	-t DT	Date/time to use
	-r FILE	Use FILE's date/time`,
    options: { flags: "cham", values: "dtr" },
  },
  async (process, { name, given, operands, usage }) => {
    if (operands.length === 0) return usage(process);
    const { files } = process;
    const now = process.now();
    let time: bigint | "now" = "now";
    const text = given.get("d")?.at(-1) ?? given.get("t")?.at(-1);
    const reference = given.get("r")?.at(-1);
    if (text !== undefined) {
      const read = readDate(text, now, zoneOf(process.env.TZ ?? "UTC0"));
      if (read === undefined) {
        process.stderr(`${name}: invalid date '${text}'\n`);
        return 1;
      }
      time = read;
    }
    let code = 0;
    const attempt = (path: string, body: () => void): void => {
      try {
        body();
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        process.stderr(`${name}: ${path}: ${error.message}\n`);
        code = 1;
      }
    };
    if (reference !== undefined) {
      attempt(reference, () => {
        time = files.stat(reference).mtime;
      });
      if (code !== 0) return code;
    }
    for (const path of operands) {
      attempt(path, () => {
        if (!files.exists(path)) {
          if (given.has("c")) return;
          files.open(path, { write: true, create: true });
        }
        files.setTime(path, time, !given.has("h"));
      });
    }
    return code;
  },
);
