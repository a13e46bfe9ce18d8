import { FileError, type Files, type ProcessContext } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { type AppletCall, applet } from "./applet.js";
import { changedMode, modeText } from "./file-mode.js";

/** `chmod [-R] MODE FILE...`: changes the permissions of files. */
export const chmod = applet(
  {
    help: `chmod [-Rcvf] MODE[,MODE]... FILE...

MODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]

	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`,
    options: { flags: "Rcvf" },
    // An argument like `-x` is a mode that removes a permission, not an option.
    prepare: (args) => {
      const at = args.findIndex((arg) => !/^-[Rcvf]+$/.test(arg));
      return at < 0 ? args : [...args.slice(0, at), "--", ...args.slice(at)];
    },
  },
  async (process, call) => {
    const [mode, ...paths] = call.operands;
    if (mode === undefined || paths.length === 0) return call.usage(process);
    if (changedMode(mode, { type: "file", mode: 0 }) === undefined) {
      process.stderr(`${call.name}: invalid mode '${mode}'\n`);
      return 1;
    }
    const { given } = call;
    return change(process, call, paths, "first", (files, path) => {
      const before = files.stat(path);
      const changed = changedMode(mode, before) ?? 0;
      files.chmod(path, changed);
      if (given.has("v") || (given.has("c") && changed !== (before.mode & 0o7777))) {
        const octal = changed.toString(8).padStart(4, "0");
        const letters = modeText({ type: before.type, mode: changed }).slice(1);
        process.stdout(`mode of '${path}' changed to ${octal} (${letters})\n`);
      }
    });
  },
);

const ownerOptions = `	-h	Affect symlinks instead of symlink targets
	-L	Traverse all symlinks to directories
	-H	Traverse symlinks on command line only
	-P	Don't traverse symlinks (default)
	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`;

/** `chown [-R] USER[:GRP] FILE...`: changes the owner and the group of files. */
export const chown = applet(
  {
    help: `chown [-RhLHPcvf]... USER[:[GRP]] FILE...

Change the owner and/or group of FILEs to USER and/or GRP

${ownerOptions}`,
    options: { flags: "RhLHPcvf" },
  },
  async (process, call) => {
    const [owner, ...paths] = call.operands;
    if (owner === undefined || paths.length === 0) return call.usage(process);
    const accounts = new Accounts(process.files);
    const found = ownerOf(accounts, owner);
    if (typeof found === "string") {
      process.stderr(`${call.name}: ${found}\n`);
      return 1;
    }
    return changeOwner(process, call, paths, found);
  },
);

/** `chgrp [-R] GROUP FILE...`: changes the group of files. */
export const chgrp = applet(
  {
    help: `chgrp [-RhLHPcvf]... GROUP FILE...

Change the group membership of FILEs to GROUP

${ownerOptions}`,
    options: { flags: "RhLHPcvf" },
  },
  async (process, call) => {
    const [group, ...paths] = call.operands;
    if (group === undefined || paths.length === 0) return call.usage(process);
    const gid = new Accounts(process.files).groupNumber(group) ?? numberOf(group);
    if (gid === undefined) {
      process.stderr(`${call.name}: unknown group ${group}\n`);
      return 1;
    }
    return changeOwner(process, call, paths, { uid: undefined, gid });
  },
);

/** The owner and the group that files get. `undefined` leaves what they have. */
interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

function changeOwner(
  process: ProcessContext,
  call: AppletCall,
  paths: readonly string[],
  owner: Owner,
): number {
  const { given } = call;
  return change(process, call, paths, "last", (files, path) => {
    const stat = given.has("h") ? files.lstat(path) : files.stat(path);
    const { uid = stat.uid, gid = stat.gid } = owner;
    files.chown(path, uid, gid, !given.has("h"));
    const isChanged = uid !== stat.uid || gid !== stat.gid;
    if (given.has("v") || (given.has("c") && isChanged)) {
      process.stdout(`changed ownership of '${path}' to ${uid}:${gid}\n`);
    }
  });
}

/** Reads `USER`, `USER:`, `USER:GROUP` or `:GROUP`. Returns the numbers that are given, or what is unknown. */
function ownerOf(accounts: Accounts, text: string): Owner | string {
  const colon = text.indexOf(":");
  const user = colon < 0 ? text : text.slice(0, colon);
  const group = colon < 0 ? undefined : text.slice(colon + 1);
  const account = accounts.userNamed(user);
  const uid = user === "" ? undefined : (account?.uid ?? numberOf(user));
  if (user !== "" && uid === undefined)
    return colon > 0 && group ? `unknown user/group ${text}` : `unknown user ${user}`;
  if (group === undefined) return { uid, gid: undefined };
  // A colon alone stands for the user's own group.
  if (group === "") return { uid, gid: account?.gid };
  const gid = accounts.groupNumber(group) ?? numberOf(group);
  if (gid === undefined) return user === "" ? `unknown group ${group}` : `unknown user/group ${text}`;
  return { uid, gid };
}

function numberOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** @param directory whether a directory is changed before what is in it, or after it */
function change(
  process: ProcessContext,
  { name, given }: AppletCall,
  paths: readonly string[],
  directory: "first" | "last",
  body: (files: Files, path: string) => void,
): number {
  const { files } = process;
  let code = 0;
  /** Returns whether it went well. */
  const attempt = (path: string, isQuiet: boolean, doIt: () => void): boolean => {
    try {
      doIt();
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!isQuiet) process.stderr(`${name}: ${path}: ${error.message}\n`);
      code = 1;
      return false;
    }
  };
  // Even with `-f` it is told that a file is missing.
  const changeOne = (path: string): boolean =>
    attempt(path, given.has("f") && files.isThere(path), () => body(files, path));
  const isDirectory = (path: string): boolean =>
    files.isThere(path) && files.lstat(path).type === "directory";
  /** What goes through directories tells once more of one that could not be changed, even with `-f`. */
  const changeDirectory = (path: string): boolean =>
    attempt(path, false, () => {
      try {
        body(files, path);
      } catch (error) {
        if (error instanceof FileError && !given.has("f")) {
          process.stderr(`${name}: ${path}: ${error.message}\n`);
        }
        throw error;
      }
    });
  const each = (path: string): void => {
    if (!given.has("R") || !isDirectory(path)) {
      changeOne(path);
      return;
    }
    if (directory === "first" && !changeDirectory(path)) return;
    attempt(path, false, () => {
      for (const entry of files.list(path)) each(`${path}/${entry}`);
    });
    if (directory === "last") changeDirectory(path);
  };
  for (const path of paths) each(path);
  return code;
}
