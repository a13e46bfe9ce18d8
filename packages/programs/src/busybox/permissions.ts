import { FileError, type Files, type ProcessContext } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { type AppletCall, applet } from "./applet.js";
import { changedMode } from "./file-mode.js";

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
    return change(process, call, paths, (files, path) => {
      files.chmod(path, changedMode(mode, files.stat(path)) ?? 0);
    });
  },
);

/** `chown [-R] USER[:GRP] FILE...`: changes the owner and the group of files. */
export const chown = applet(
  {
    help: `chown [-RhLHPcvf]... USER[:[GRP]] FILE...

Change the owner and/or group of FILEs to USER and/or GRP

	-h	Affect symlinks instead of symlink targets
	-L	Traverse all symlinks to directories
	-H	Traverse symlinks on command line only
	-P	Don't traverse symlinks (default)
	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`,
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
    const { uid, gid } = found;
    return change(process, call, paths, (files, path) => {
      const stat = files.lstat(path);
      files.chown(path, uid ?? stat.uid, gid ?? stat.gid, !call.given.has("h"));
    });
  },
);

/** Reads `USER`, `USER:`, `USER:GROUP` or `:GROUP`. Returns the numbers that are given, or what is unknown. */
function ownerOf(
  accounts: Accounts,
  text: string,
): { readonly uid: number | undefined; readonly gid: number | undefined } | string {
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

function change(
  process: ProcessContext,
  { name, given }: AppletCall,
  paths: readonly string[],
  body: (files: Files, path: string) => void,
): number {
  const { files } = process;
  let code = 0;
  const each = (path: string): void => {
    try {
      body(files, path);
      if (!given.has("R") || files.lstat(path).type !== "directory") return;
      for (const entry of files.list(path)) each(`${path}/${entry}`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!given.has("f")) process.stderr(`${name}: ${path}: ${error.message}\n`);
      code = 1;
    }
  };
  for (const path of paths) each(path);
  return code;
}
