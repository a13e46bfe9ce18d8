// The programs of Debian's package passwd (shadow 4.13) that add, change and remove users and groups, as far as Dockerfiles
// use them. Each answer was seen in Debian 12.
import { FileError, type Files, type ProcessContext, type Program } from "@dryharbor/kernel";
import {
  type Change,
  changeAccounts,
  dayOf,
  makeHome,
  withFields,
  withLine,
  withMember,
  withoutLine,
  withoutMember,
} from "../busybox/account-file.js";
import { type Account, Accounts } from "../busybox/accounts.js";
import { type OptionLetters, type ParsedOptions, parseOptions } from "../busybox/options.js";

const passwd = "/etc/passwd";
const group = "/etc/group";
const shadow = "/etc/shadow";
const groupShadow = "/etc/gshadow";

const firstId = 1000;
const lastId = 60_000;
const lastSystemId = 999;
const firstSystemId = 101;
/** The group of users who get none of their own. */
const commonGroup = 100;

/** The exit codes of useradd(8) and groupadd(8). */
const code = { usage: 2, badArgument: 3, idTaken: 4, missing: 6, nameTaken: 9, groupInUse: 8, home: 12 };

/** Ends a program with a message. */
class Refused extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

/** What a program works with. */
interface Call extends ParsedOptions {
  readonly process: ProcessContext;
  readonly files: Files;
  readonly accounts: Accounts;
  /** The user or the group that is meant. */
  readonly name: string;
  /** Returns the last value of an option. */
  last(letter: string): string | undefined;
  /** Writes to standard error, with the program's name before it. */
  tell(text: string): void;
}

interface Described {
  readonly name: string;
  readonly usage: string;
  readonly options: OptionLetters;
}

function program({ name, usage, options }: Described, main: (call: Call) => void): Program {
  return async (process) => {
    const { files } = process;
    const tell = (text: string) => process.stderr(`${name}: ${text}\n`);
    const parsed = parseOptions(process.argv.slice(1), options);
    if (typeof parsed === "string") tell(parsed);
    const operand = typeof parsed === "string" ? undefined : parsed.operands[0];
    if (typeof parsed === "string" || operand === undefined || parsed.operands.length > 1) {
      process.stderr(`${usage}\n`);
      return code.usage;
    }
    const last = (letter: string) => parsed.given.get(letter)?.at(-1);
    try {
      // Nobody else may even lock the files.
      if (process.uid !== 0) {
        tell("Permission denied.");
        tell(`cannot lock ${name.startsWith("user") ? passwd : group}; try again later.`);
        return 1;
      }
      main({ ...parsed, process, files, accounts: new Accounts(files), name: operand, last, tell });
      return 0;
    } catch (error) {
      if (error instanceof Refused) {
        tell(error.message);
        return error.exitCode;
      }
      if (!(error instanceof FileError)) throw error;
      tell(error.message);
      return 1;
    }
  };
}

const validName = /^[^-+~:,\s/][^:,\s/]*$/;

/** Returns the number above the highest one in use, or for a system account the highest one that is free. */
function nextId(isSystem: boolean, used: readonly number[], wanted?: number): number {
  const taken = new Set(used);
  if (wanted !== undefined && !taken.has(wanted)) return wanted;
  if (isSystem) {
    for (let id = lastSystemId; id >= firstSystemId; id--) if (!taken.has(id)) return id;
    throw new Refused("Can't get unique system ID (no more available IDs)", code.idTaken);
  }
  const highest = Math.max(firstId - 1, ...used.filter((id) => id >= firstId && id <= lastId));
  if (highest < lastId) return highest + 1;
  for (let id = firstId; id <= lastId; id++) if (!taken.has(id)) return id;
  throw new Refused("Can't get unique ID (no more available IDs)", code.idTaken);
}

function numberOf(text: string, what: "user" | "group"): number {
  if (!/^\d+$/.test(text)) throw new Refused(`invalid ${what} ID '${text}'`, code.badArgument);
  return Number(text);
}

/** Returns the number of a group, which is given by its name or number. */
function groupOf(accounts: Accounts, text: string): number {
  const gid =
    accounts.groupNumber(text) ??
    (/^\d+$/.test(text) && accounts.groupName(Number(text)) !== undefined ? Number(text) : undefined);
  if (gid === undefined) throw new Refused(`group '${text}' does not exist`, code.missing);
  return gid;
}

function groupsOf(accounts: Accounts, list: string): string[] {
  const names = list.split(",").filter((name) => name !== "");
  return names.map((name) => accounts.groupName(groupOf(accounts, name)) as string);
}

function addGroup(files: Files, name: string, gid: number, members: readonly string[] = []): void {
  changeAccounts(files, group, withLine(`${name}:x:${gid}:${members.join(",")}`));
  changeAccounts(files, groupShadow, withLine(`${name}:!::${members.join(",")}`));
}

function addMember(files: Files, name: string, member: string): void {
  changeAccounts(files, group, withMember(name, member));
  changeAccounts(files, groupShadow, withMember(name, member));
}

function removeMember(files: Files, member: string): void {
  changeAccounts(files, group, withoutMember(member));
  changeAccounts(files, groupShadow, withoutMember(member));
}

function warnOfShell({ files, tell }: Call, shell: string): void {
  if (shell !== "" && !files.permits(shell, 1)) tell(`Warning: missing or non-executable shell '${shell}'`);
}

/** `groupadd [options] GROUP`: creates a group. */
export const groupadd = program(
  {
    name: "groupadd",
    usage: `Usage: groupadd [options] GROUP

Options:
  -f, --force                   exit successfully if the group already exists,
                                and cancel -g if the GID is already used
  -g, --gid GID                 use GID for the new group
  -h, --help                    display this help message and exit
  -K, --key KEY=VALUE           override /etc/login.defs defaults
  -o, --non-unique              allow to create groups with duplicate
                                (non-unique) GID
  -p, --password PASSWORD       use this encrypted password for the new group
  -r, --system                  create a system account
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DI        directory prefix
  -U, --users USERS             list of user members of this group
`,
    options: {
      flags: "for",
      values: "gKpU",
      long: { force: "f", gid: "g", key: "K", "non-unique": "o", password: "p", system: "r", users: "U" },
    },
  },
  (call) => {
    const { files, accounts, given, name, last } = call;
    if (!validName.test(name)) throw new Refused(`'${name}' is not a valid group name`, code.badArgument);
    let asked = last("g") === undefined ? undefined : numberOf(last("g") as string, "group");
    if (accounts.groupNumber(name) !== undefined) {
      if (given.has("f")) return;
      throw new Refused(`group '${name}' already exists`, code.nameTaken);
    }
    if (asked !== undefined && accounts.groupName(asked) !== undefined && !given.has("o")) {
      if (!given.has("f")) throw new Refused(`GID '${asked}' already exists`, code.idTaken);
      asked = undefined;
    }
    const gid =
      asked ??
      nextId(
        given.has("r"),
        accounts.groups().map((each) => each.gid),
      );
    addGroup(files, name, gid, last("U")?.split(","));
  },
);

/** `useradd [options] LOGIN`: creates a user. */
export const useradd = program(
  {
    name: "useradd",
    usage: `Usage: useradd [options] LOGIN
       useradd -D
       useradd -D [options]

Options:
      --badname                 do not check for bad names
  -b, --base-dir BASE_DIR       base directory for the home directory of the
                                new account
      --btrfs-subvolume-home    use BTRFS subvolume for home directory
  -c, --comment COMMENT         GECOS field of the new account
  -d, --home-dir HOME_DIR       home directory of the new account
  -D, --defaults                print or change default useradd configuration
  -e, --expiredate EXPIRE_DATE  expiration date of the new account
  -f, --inactive INACTIVE       password inactivity period of the new account
  -F, --add-subids-for-system   add entries to sub[ud]id even when adding a system user
  -g, --gid GROUP               name or ID of the primary group of the new
                                account
  -G, --groups GROUPS           list of supplementary groups of the new
                                account
  -h, --help                    display this help message and exit
  -k, --skel SKEL_DIR           use this alternative skeleton directory
  -K, --key KEY=VALUE           override /etc/login.defs defaults
  -l, --no-log-init             do not add the user to the lastlog and
                                faillog databases
  -m, --create-home             create the user's home directory
  -M, --no-create-home          do not create the user's home directory
  -N, --no-user-group           do not create a group with the same name as
                                the user
  -o, --non-unique              allow to create users with duplicate
                                (non-unique) UID
  -p, --password PASSWORD       encrypted password of the new account
  -r, --system                  create a system account
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -s, --shell SHELL             login shell of the new account
  -u, --uid UID                 user ID of the new account
  -U, --user-group              create a group with the same name as the user
  -Z, --selinux-user SEUSER     use a specific SEUSER for the SELinux user mapping
`,
    options: {
      flags: "lmMNorUF",
      values: "bcdefgGkKpsu",
      long: {
        "base-dir": "b",
        comment: "c",
        "home-dir": "d",
        home: "d",
        expiredate: "e",
        inactive: "f",
        gid: "g",
        groups: "G",
        skel: "k",
        key: "K",
        "no-log-init": "l",
        "create-home": "m",
        "no-create-home": "M",
        "no-user-group": "N",
        "non-unique": "o",
        password: "p",
        system: "r",
        shell: "s",
        uid: "u",
        "user-group": "U",
      },
    },
  },
  (call) => {
    const { process, files, accounts, given, name, last, tell } = call;
    const asked = last("u") === undefined ? undefined : numberOf(last("u") as string, "user");
    const primary = last("g") === undefined ? undefined : groupOf(accounts, last("g") as string);
    const groups = groupsOf(accounts, last("G") ?? "");
    if (!validName.test(name)) {
      throw new Refused(`invalid user name '${name}': use --badname to ignore`, code.badArgument);
    }
    if (accounts.userNamed(name)) throw new Refused(`user '${name}' already exists`, code.nameTaken);
    const ownsGroup = primary === undefined && !given.has("N");
    if (ownsGroup && accounts.groupNumber(name) !== undefined) {
      throw new Refused(
        `group ${name} exists - if you want to add this user to that group, use -g.`,
        code.nameTaken,
      );
    }
    if (asked !== undefined && accounts.userName(asked) !== undefined && !given.has("o")) {
      throw new Refused(`UID ${asked} is not unique`, code.idTaken);
    }
    const isSystem = given.has("r");
    const uid =
      asked ??
      nextId(
        isSystem,
        accounts.users().map((each) => each.uid),
      );
    const groupIds = accounts.groups().map((each) => each.gid);
    const gid = primary ?? (ownsGroup ? nextId(isSystem, groupIds, uid) : commonGroup);
    const home = last("d") ?? `${last("b") ?? "/home"}/${name}`;
    const shell = last("s") ?? "/bin/sh";
    warnOfShell(call, shell);
    changeAccounts(files, passwd, withLine([name, "x", uid, gid, last("c") ?? "", home, shell].join(":")));
    const ages = isSystem ? ["", "", ""] : ["0", "99999", "7"];
    const secret = [name, last("p") ?? "!", dayOf(process.now()), ...ages, last("f") ?? "", "", ""].join(":");
    changeAccounts(files, shadow, withLine(secret));
    if (ownsGroup) addGroup(files, name, gid);
    for (const each of groups) addMember(files, each, name);
    if (!given.has("m")) return;
    if (files.isThere(home)) {
      tell(`warning: the home directory ${home} already exists.`);
      tell("Not copying any file from skel directory into it.");
      return;
    }
    const above = home.slice(0, home.lastIndexOf("/"));
    if (above !== "") files.makeDirectories(above, 0o755);
    const problem = makeHome(files, home, { uid, gid, skeleton: last("k") ?? "/etc/skel", mode: 0o755 });
    if (problem) throw new Refused(`cannot create directory ${home}`, code.home);
  },
);

/** `usermod [options] LOGIN`: changes a user. */
export const usermod = program(
  {
    name: "usermod",
    usage: `Usage: usermod [options] LOGIN

Options:
  -a, --append                  append the user to the supplemental GROUPS
                                mentioned by the -G option without removing
                                the user from other groups
  -b, --badname                 allow bad names
  -c, --comment COMMENT         new value of the GECOS field
  -d, --home HOME_DIR           new home directory for the user account
  -e, --expiredate EXPIRE_DATE  set account expiration date to EXPIRE_DATE
  -f, --inactive INACTIVE       set password inactive after expiration
                                to INACTIVE
  -g, --gid GROUP               force use GROUP as new primary group
  -G, --groups GROUPS           new list of supplementary GROUPS
  -h, --help                    display this help message and exit
  -l, --login NEW_LOGIN         new value of the login name
  -L, --lock                    lock the user account
  -m, --move-home               move contents of the home directory to the
                                new location (use only with -d)
  -o, --non-unique              allow using duplicate (non-unique) UID
  -p, --password PASSWORD       use encrypted password for the new password
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -r, --remove                  remove the user from only the supplemental GROUPS
                                mentioned by the -G option without removing
                                the user from other groups
  -R, --root CHROOT_DIR         directory to chroot into
  -s, --shell SHELL             new login shell for the user account
  -u, --uid UID                 new UID for the user account
  -U, --unlock                  unlock the user account
  -v, --add-subuids FIRST-LAST  add range of subordinate uids
  -V, --del-subuids FIRST-LAST  remove range of subordinate uids
  -w, --add-subgids FIRST-LAST  add range of subordinate gids
  -W, --del-subgids FIRST-LAST  remove range of subordinate gids
  -Z, --selinux-user SEUSER     new SELinux user mapping for the user account
`,
    options: {
      flags: "aLUmo",
      values: "cdgGlpsu",
      long: {
        append: "a",
        comment: "c",
        home: "d",
        gid: "g",
        groups: "G",
        login: "l",
        lock: "L",
        "move-home": "m",
        "non-unique": "o",
        password: "p",
        shell: "s",
        uid: "u",
        unlock: "U",
      },
    },
  },
  (call) => {
    const { files, accounts, given, name, last, tell } = call;
    const account = accounts.userNamed(name);
    if (!account) throw new Refused(`user '${name}' does not exist`, code.missing);
    const uid = last("u") === undefined ? account.uid : numberOf(last("u") as string, "user");
    const gid = last("g") === undefined ? account.gid : groupOf(accounts, last("g") as string);
    const groups = last("G") === undefined ? undefined : groupsOf(accounts, last("G") as string);
    if (uid !== account.uid && accounts.userName(uid) !== undefined && !given.has("o")) {
      throw new Refused(`UID '${uid}' already exists`, code.idTaken);
    }
    const login = last("l") ?? name;
    if (login !== name && accounts.userNamed(login))
      throw new Refused(`user '${login}' already exists`, code.nameTaken);
    const shell = last("s");
    if (shell !== undefined) warnOfShell(call, shell);
    const isSame = (letter: string, now: string) => last(letter) === undefined || last(letter) === now;
    const changesNothing =
      groups === undefined &&
      isSame("s", account.shell) &&
      isSame("d", account.home) &&
      ["c", "p", "L", "U"].every((letter) => !given.has(letter)) &&
      [uid, gid, login].every((each, at) => each === [account.uid, account.gid, name][at]);
    if (changesNothing) {
      tell("no changes");
      return;
    }
    const moved = login === name ? (change: Change) => change : (change: Change) => atEnd(login, change);
    const changed = withFields(name, ([, secret = "", , , comment = "", home = "", before = ""]) => [
      ...[login, secret, String(uid), String(gid)],
      ...[last("c") ?? comment, last("d") ?? home, shell ?? before],
    ]);
    const secretChanged = withFields(name, ([, secret = "", ...rest]) => [
      login,
      changedSecret(secret, call),
      ...rest,
    ]);
    changeAccounts(files, passwd, moved(changed));
    changeAccounts(files, shadow, moved(secretChanged));
    if (uid !== account.uid || gid !== account.gid) giveHome(files, account, uid, gid);
    if (groups && !given.has("a")) removeMember(files, name);
    for (const each of groups ?? []) addMember(files, each, name);
    if (login !== name) renameMember(files, name, login);
    const home = last("d");
    if (home !== undefined && given.has("m") && files.isDirectory(account.home) && !files.isThere(home)) {
      files.rename(account.home, home);
    }
  },
);

/** Moves the line of an account to the end, once it is changed. */
function atEnd(name: string, change: Change): Change {
  return (lines) => {
    const changed = change(lines);
    const isOwn = (line: string) => line.startsWith(`${name}:`);
    return changed && [...changed.filter((line) => !isOwn(line)), ...changed.filter(isOwn)];
  };
}

/** Gives what a user has in its home directory to the user's new number and group. */
function giveHome(files: Files, account: Account, uid: number, gid: number): void {
  const give = (path: string): void => {
    const stat = files.lstat(path);
    if (stat.type === "directory") for (const name of files.list(path)) give(`${path}/${name}`);
    const owner = stat.uid === account.uid ? uid : stat.uid;
    files.chown(path, owner, stat.gid === account.gid ? gid : stat.gid, false);
  };
  if (files.isDirectory(account.home) && files.stat(account.home).uid === account.uid) give(account.home);
}

function changedSecret(secret: string, { given, last }: Call): string {
  const replaced = last("p");
  if (replaced !== undefined) return replaced;
  if (given.has("L")) return secret.startsWith("!") ? secret : `!${secret}`;
  return given.has("U") ? secret.replace(/^!/, "") : secret;
}

function renameMember(files: Files, from: string, to: string): void {
  for (const path of [group, groupShadow]) {
    changeAccounts(files, path, (lines) =>
      lines.map((line) => {
        const fields = line.split(":");
        const members = (fields.at(-1) ?? "").split(",").map((each) => (each === from ? to : each));
        return [...fields.slice(0, -1), members.join(",")].join(":");
      }),
    );
  }
}

/** `userdel [options] LOGIN`: removes a user, and the group of its name. */
export const userdel = program(
  {
    name: "userdel",
    usage: `Usage: userdel [options] LOGIN

Options:
  -f, --force                   force removal of files,
                                even if not owned by user
  -h, --help                    display this help message and exit
  -r, --remove                  remove home directory and mail spool
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -Z, --selinux-user            remove any SELinux user mapping for the user
`,
    options: { flags: "fr", long: { force: "f", remove: "r" } },
  },
  ({ files, accounts, given, name, tell }) => {
    const account = accounts.userNamed(name);
    if (!account) throw new Refused(`user '${name}' does not exist`, code.missing);
    changeAccounts(files, passwd, withoutLine(name));
    changeAccounts(files, shadow, withoutLine(name));
    removeMember(files, name);
    const own = accounts.groups().find((each) => each.name === name);
    const isShared = accounts.users().some((each) => each.name !== name && each.gid === own?.gid);
    if (own && !isShared) removeGroup(files, name);
    if (!given.has("r")) return;
    tell(`${name} mail spool (/var/mail/${name}) not found`);
    if (files.isDirectory(account.home)) files.remove(account.home);
    else tell(`${name} home directory (${account.home}) not found`);
  },
);

/** `groupdel [options] GROUP`: removes a group. */
export const groupdel = program(
  {
    name: "groupdel",
    usage: `Usage: groupdel [options] GROUP

Options:
  -h, --help                    display this help message and exit
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -f, --force                   delete group even if it is the primary group of a user
`,
    options: { flags: "f", long: { force: "f" } },
  },
  ({ files, accounts, given, name }) => {
    const gid = accounts.groupNumber(name);
    if (gid === undefined) throw new Refused(`group '${name}' does not exist`, code.missing);
    const holder = accounts.users().find((each) => each.gid === gid);
    if (holder && !given.has("f")) {
      throw new Refused(`cannot remove the primary group of user '${holder.name}'`, code.groupInUse);
    }
    removeGroup(files, name);
  },
);

function removeGroup(files: Files, name: string): void {
  changeAccounts(files, group, withoutLine(name));
  changeAccounts(files, groupShadow, withoutLine(name));
}
