import { FileError, type Files, type ProcessContext } from "@dryharbor/kernel";
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
    const [user = "", group] = owner.split(/[:.]/);
    const uid = numberOf(user);
    const gid = group === undefined ? undefined : numberOf(group);
    if (uid === "unknown" || gid === "unknown") {
      const [kind, name] = uid === "unknown" ? ["user", user] : ["group", group];
      process.stderr(`${call.name}: unknown ${kind} ${name}\n`);
      return 1;
    }
    return change(process, call, paths, (files, path) => {
      const stat = files.lstat(path);
      files.chown(path, uid ?? stat.uid, gid ?? stat.gid, !call.given.has("h"));
    });
  },
);

/**
 * Returns the number of a user or group, or `undefined` for an empty name. Only root has a name in the
 * images.
 */
function numberOf(text: string): number | undefined | "unknown" {
  if (text === "") return undefined;
  if (text === "root") return 0;
  return /^\d+$/.test(text) ? Number(text) : "unknown";
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
