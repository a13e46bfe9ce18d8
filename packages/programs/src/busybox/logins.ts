// The programs that show who is logged in. Nobody is, since no process of a container writes that down.
import { FileError } from "@dryharbor/kernel";
import { applet } from "./applet.js";

const title = "USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n";

/** `who [-aH]`: prints who is logged in. */
export const who = applet(
  {
    help: `who [-aH]

Show who is logged on

	-a	Show all
	-H	Print column headers`,
    options: { flags: "aH" },
  },
  async (process, { given, operands, usage }) => {
    if (operands.length > 0) return usage(process);
    if (given.has("H")) process.stdout(title);
    return 0;
  },
);

/** `w`: prints who is logged in, with a header. */
export const w = applet(
  {
    help: `w

Show who is logged on`,
    options: { flags: "" },
  },
  async (process, { operands, usage }) => {
    if (operands.length > 0) return usage(process);
    process.stdout(title);
    return 0;
  },
);

const history = "/var/log/wtmp";

/** `last`: prints who was logged in before. */
export const last = applet(
  {
    help: `last

Show listing of the last users that logged into the system`,
    options: { flags: "" },
  },
  async (process, { name, operands, usage }) => {
    if (operands.length > 0) return usage(process);
    try {
      process.files.read(history);
      return 0;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr(`${name}: can't open '${history}': ${error.message}\n`);
      return 1;
    }
  },
);
