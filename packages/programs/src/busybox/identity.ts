import { applet } from "./applet.js";

/** `id`: prints the user and group of the process. */
export const id = applet(
  {
    help: `id [-ugGnr] [USER]

Print information about USER or the current user

	-u	User ID
	-g	Group ID
	-G	Supplementary group IDs
	-n	Print names instead of numbers
	-r	Print real ID instead of effective ID`,
    options: { flags: "ugGnr" },
  },
  async (process, { name, given, operands, usage }) => {
    const [user] = operands;
    if (operands.length > 1) return usage(process);
    if (user !== undefined && user !== "root") {
      process.stderr(`${name}: unknown user ${user}\n`);
      return 1;
    }
    const { uid, gid } = user === undefined ? process : { uid: 0, gid: 0 };
    if (given.has("u") || given.has("g") || given.has("G")) {
      const number = given.has("u") ? uid : gid;
      if (given.has("n") && number !== 0) {
        process.stderr(`${name}: unknown ID ${number}\n`);
        process.stdout(`${number}\n`);
        return 1;
      }
      process.stdout(given.has("n") ? "root\n" : `${number}\n`);
      return 0;
    }
    process.stdout(`uid=${named(uid)} gid=${named(gid)} groups=${named(gid)}\n`);
    return 0;
  },
);

/**
 * Formats a number with its name. Only root has a name, because the simulator's images have no other users.
 */
function named(number: number): string {
  return number === 0 ? "0(root)" : String(number);
}

/** `whoami`: prints the name of the user. */
export const whoami = applet(
  {
    help: `whoami

Print the user name associated with the current effective user id`,
    options: { flags: "" },
  },
  async (process, { operands, usage }) => {
    if (operands.length > 0) return usage(process);
    process.stdout("root\n");
    return 0;
  },
);
