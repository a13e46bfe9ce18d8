import type { ProcessContext } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { applet } from "./applet.js";

/** `id`: prints the user and the groups of the process, or of a user. */
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
    const kinds = ["u", "g", "G"].filter((letter) => given.has(letter));
    if (operands.length > 1 || kinds.length > 1) return usage(process);
    if (kinds.length === 0 && (given.has("n") || given.has("r"))) return usage(process);
    const accounts = new Accounts(process.files);
    const whom = user === undefined ? identityOf(process) : identityNamed(accounts, user);
    if (!whom) {
      process.stderr(`${name}: unknown user ${user}\n`);
      return 1;
    }
    const [kind] = kinds;
    if (kind === undefined) {
      const uid = named(whom.uid, accounts.userName(whom.uid));
      const gid = named(whom.gid, accounts.groupName(whom.gid));
      const groups = whom.groups.map((group) => named(group, accounts.groupName(group)));
      process.stdout(`uid=${uid} gid=${gid} groups=${groups.join(",")}\n`);
      return 0;
    }
    let code = 0;
    const shown = (number: number, found: string | undefined): string => {
      if (!given.has("n")) return String(number);
      if (found === undefined) {
        process.stderr(`${name}: unknown ID ${number}\n`);
        code = 1;
      }
      return found ?? String(number);
    };
    const text =
      kind === "u"
        ? shown(whom.uid, accounts.userName(whom.uid))
        : (kind === "g" ? [whom.gid] : ownFirst(whom))
            .map((group) => shown(group, accounts.groupName(group)))
            .join(" ");
    process.stdout(`${text}\n`);
    return code;
  },
);

/** `groups [USER]`: prints the names of the groups of the process, or of a user. */
export const groups = applet(
  {
    help: `groups [USER]

Print the groups USER is in`,
    options: { flags: "" },
  },
  async (process, { name, operands }) => {
    const [user] = operands;
    const accounts = new Accounts(process.files);
    const whom = user === undefined ? identityOf(process) : identityNamed(accounts, user);
    if (!whom) {
      process.stderr(`${name}: unknown user ${user}\n`);
      return 1;
    }
    let code = 0;
    const names = ownFirst(whom).map((group) => {
      const found = accounts.groupName(group);
      if (found === undefined) {
        process.stderr(`${name}: unknown ID ${group}\n`);
        code = 1;
      }
      return found ?? String(group);
    });
    process.stdout(`${names.join(" ")}\n`);
    return code;
  },
);

/** `whoami`: prints the name of the user. */
export const whoami = applet(
  {
    help: `whoami

Print the user name associated with the current effective user id`,
    options: { flags: "" },
  },
  async (process, { name, operands, usage }) => {
    if (operands.length > 0) return usage(process);
    const found = new Accounts(process.files).userName(process.uid);
    if (found === undefined) {
      process.stderr(`${name}: unknown uid ${process.uid}\n`);
      return 1;
    }
    process.stdout(`${found}\n`);
    return 0;
  },
);

interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** Returns the groups with the user's own once, at the beginning. */
function ownFirst({ gid, groups }: Identity): number[] {
  return [gid, ...groups.filter((group) => group !== gid)];
}

function identityOf({ uid, gid, groups }: ProcessContext): Identity {
  return { uid, gid, groups };
}

function identityNamed(accounts: Accounts, user: string): Identity | undefined {
  const account = accounts.userNamed(user);
  return account && { uid: account.uid, gid: account.gid, groups: accounts.groupsOf(account) };
}

/** Formats a number with its name. */
function named(number: number, name: string | undefined): string {
  return name === undefined ? String(number) : `${number}(${name})`;
}
