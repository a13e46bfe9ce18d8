// BusyBox's programs that add and remove users and groups, as BusyBox 1.36 does with the settings of Alpine and of the
// image busybox. Read in its source: loginutils/adduser.c, addgroup.c and deluser.c.
import type { ProcessContext } from "@dryharbor/kernel";
import {
  changeAccounts,
  dayOf,
  makeHome,
  withLine,
  withMember,
  withoutLine,
  withoutMember,
} from "./account-file.js";
import { Accounts } from "./accounts.js";
import { applet, BadUsage, Died } from "./applet.js";
import { readNumber } from "./number.js";

const firstSystemId = 100;
const lastSystemId = 999;
const lastId = 60_000;

const passwd = "/etc/passwd";
const group = "/etc/group";
const shadow = "/etc/shadow";
const groupShadow = "/etc/gshadow";

function requireRoot(process: ProcessContext): void {
  if (process.uid !== 0) throw new Died("permission denied (are you root?)");
}

/** @throws {Died} a character cannot be in a name */
function checkName(name: string): void {
  for (const [at, character] of [...name].entries()) {
    const isPlain = /[A-Za-z0-9_]/.test(character);
    const mayFollow = /[-.]/.test(character) || (character === "$" && at === name.length - 1);
    if (isPlain || (at > 0 && mayFollow)) continue;
    throw new Died(`illegal character with code ${character.charCodeAt(0)} at position ${at}`);
  }
  if (name.length >= 256) throw new Died("name is too long");
}

/** Returns the first number from `first` on that nobody has. @throws {Died} there is none */
function freeId(kind: "u" | "g", first: number, last: number, isTaken: (id: number) => boolean): number {
  for (let id = first; id <= last; id++) if (!isTaken(id)) return id;
  throw new Died(`no ${kind}ids left`);
}

/** `adduser [OPTIONS] USER [GROUP]`: creates a user, or adds one to a group. */
export const adduser = applet(
  {
    help: `adduser [OPTIONS] USER [GROUP]

Create new user, or add USER to GROUP

	-h DIR		Home directory
	-g GECOS	GECOS field
	-s SHELL	Login shell
	-G GRP		Group
	-S		Create a system user
	-D		Don't assign a password
	-H		Don't create home directory
	-u UID		User id
	-k SKEL		Skeleton directory (/etc/skel)`,
    options: {
      flags: "DSH",
      values: "hgsGuk",
      long: {
        home: "h",
        gecos: "g",
        shell: "s",
        ingroup: "G",
        "disabled-password": "D",
        "empty-password": "D",
        system: "S",
        "no-create-home": "H",
        uid: "u",
        skel: "k",
      },
    },
  },
  async (process, { given, operands, counts }) => {
    requireRoot(process);
    const [name, other] = operands;
    if (name === undefined || operands.length > 2) throw new BadUsage();
    const { files } = process;
    if (counts.size === 0 && other !== undefined) {
      return asAddgroup(process, () => addToGroup(process, name, other));
    }
    checkName(name);
    const last = (letter: string) => given.get(letter)?.at(-1);
    const accounts = new Accounts(files);
    const isSystem = given.has("S");
    const groupName = last("G") ?? (isSystem ? "nogroup" : undefined);
    const asked = last("u") === undefined ? undefined : readNumber(last("u") as string, 0, lastId);
    const gid = groupName === undefined ? undefined : accounts.groupNumber(groupName);
    if (groupName !== undefined && gid === undefined) throw new Died(`unknown group ${groupName}`);
    if (accounts.userNamed(name)) throw new Died(`user '${name}' in use`);
    const isTaken = (id: number): boolean =>
      accounts.userName(id) !== undefined || (gid === undefined && accounts.groupName(id) !== undefined);
    if (asked !== undefined && isTaken(asked)) throw new Died(`uid '${asked}' in use`);
    const first = isSystem ? firstSystemId : lastSystemId + 1;
    const uid = asked ?? freeId("u", first, isSystem ? lastSystemId : lastId, isTaken);
    if (gid === undefined && accounts.groupNumber(name) !== undefined)
      throw new Died(`group '${name}' in use`);

    const own = gid ?? uid;
    const home = last("h") ?? `/home/${name}`;
    const shell = last("s") ?? (isSystem ? "/bin/false" : process.env.SHELL || "/bin/sh");
    const gecos = last("g") ?? "Linux User,,,";
    changeAccounts(files, passwd, withLine(`${name}:x:${uid}:${own}:${gecos}:${home}:${shell}`));
    changeAccounts(files, shadow, withLine(`${name}:!:${dayOf(process.now())}:0:99999:7:::`));
    if (groupName !== undefined) addToGroup(process, name, groupName);
    else addGroup(process, name, own);
    if (!given.has("H")) {
      const problem = makeHome(files, home, {
        uid,
        gid: own,
        skeleton: last("k") ?? "/etc/skel",
        mode: 0o2755,
      });
      if (problem) process.stderr(`adduser: ${home}: ${problem.message}\n`);
    }
    if (given.has("D") || isSystem) return 0;
    throw new Died("can't execute passwd, you must set password manually");
  },
);

/** `addgroup [-g GID] [-S] [USER] GROUP`: creates a group, or adds a user to one. */
export const addgroup = applet(
  {
    help: `addgroup [-g GID] [-S] [USER] GROUP

Add a group or add a user to a group

	-g GID	Group id
	-S	Create a system group`,
    options: { flags: "S", values: "g", long: { gid: "g", system: "S" } },
  },
  async (process, { given, operands }) => {
    requireRoot(process);
    const [name, other] = operands;
    if (name === undefined || operands.length > 2) throw new BadUsage();
    if (other !== undefined) {
      if (given.has("g")) throw new BadUsage();
      return addToGroup(process, name, other);
    }
    checkName(name);
    const accounts = new Accounts(process.files);
    const asked = given.has("g") ? readNumber(given.get("g")?.at(-1) ?? "", 0, lastId) : undefined;
    if (accounts.groupNumber(name) !== undefined) throw new Died(`group '${name}' in use`);
    const isTaken = (id: number): boolean => accounts.groupName(id) !== undefined;
    if (asked !== undefined && isTaken(asked)) throw new Died(`gid '${asked}' in use`);
    const isSystem = given.has("S");
    const first = isSystem ? firstSystemId : lastSystemId + 1;
    addGroup(process, name, asked ?? freeId("g", first, isSystem ? lastSystemId : lastId, isTaken));
    return 0;
  },
);

/** Does what BusyBox's adduser lets an `addgroup` of its own do, which tells of it under its own name. */
function asAddgroup({ stderr }: ProcessContext, body: () => number): number {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    stderr(`addgroup: ${error.message}\n`);
    return error.code;
  }
}

function addGroup({ files }: ProcessContext, name: string, gid: number): void {
  changeAccounts(files, group, withLine(`${name}:x:${gid}:`));
  changeAccounts(files, groupShadow, withLine(`${name}:!::`));
}

function addToGroup({ files }: ProcessContext, user: string, name: string): number {
  const accounts = new Accounts(files);
  if (!accounts.userNamed(user)) throw new Died(`unknown user ${user}`);
  if (accounts.groupNumber(name) === undefined) throw new Died(`unknown group ${name}`);
  changeAccounts(files, group, withMember(name, user));
  changeAccounts(files, groupShadow, withMember(name, user));
  return 0;
}

/** `deluser [--remove-home] USER`: removes a user, and the group of its name. */
export const deluser = applet(
  {
    help: `deluser [--remove-home] USER

Delete USER from the system`,
    options: { flags: "R", long: { "remove-home": "R" } },
  },
  async (process, { given, operands }) => {
    requireRoot(process);
    const [name] = operands;
    if (name === undefined || operands.length > 1) throw new BadUsage();
    const { files } = process;
    const account = new Accounts(files).userNamed(name);
    if (!account) throw new Died(`unknown user ${name}`);
    if (given.has("R") && files.isDirectory(account.home)) files.remove(account.home);
    changeAccounts(files, passwd, withoutLine(name));
    changeAccounts(files, shadow, withoutLine(name));
    leaveGroups(process, "deluser", name);
    if (new Accounts(files).groupNumber(name) !== undefined) removeGroup(process, name);
    return 0;
  },
);

/** `delgroup [USER] GROUP`: removes a group, or a user from one. */
export const delgroup = applet(
  {
    help: `delgroup [USER] GROUP

Delete group GROUP from the system or user USER from group GROUP`,
  },
  async (process, { operands }) => {
    requireRoot(process);
    const [first, second] = operands;
    if (first === undefined || operands.length > 2) throw new BadUsage();
    const name = second ?? first;
    if (new Accounts(process.files).groupNumber(name) === undefined) throw new Died(`unknown group ${name}`);
    if (second === undefined) removeGroup(process, name);
    else {
      leaveGroups(process, "delgroup", first, name);
      changeAccounts(process.files, groupShadow, withoutMember(first, name));
    }
    return 0;
  },
);

/** Removes a user from one group, or from all. */
function leaveGroups({ files, stderr }: ProcessContext, program: string, user: string, name?: string): void {
  if (!changeAccounts(files, group, withoutMember(user, name)))
    stderr(`${program}: can't find ${user} in ${group}\n`);
}

function removeGroup({ files }: ProcessContext, name: string): void {
  const accounts = new Accounts(files);
  const gid = accounts.groupNumber(name);
  const holder = accounts.users().find((account) => account.gid === gid);
  if (holder) throw new Died(`'${holder.name}' still has '${name}' as their primary group!`);
  changeAccounts(files, group, withoutLine(name));
  changeAccounts(files, groupShadow, withoutLine(name));
}
