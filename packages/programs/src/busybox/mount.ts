import { FileError, type ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { mountsIn } from "./mounts.js";

const mountHelp = `mount [OPTIONS] [-o OPT] DEVICE NODE

Mount a filesystem. Filesystem autodetection requires /proc.

	-a		Mount all filesystems in fstab
	-f		Dry run
	-i		Don't run mount helper
	-r		Read-only mount
	-t FSTYPE[,...]	Filesystem type(s)
	-T FILE		Read FILE instead of /etc/fstab
	-O OPT		Mount only filesystems with option OPT (-a only)
-o OPT:
	loop		Ignored (loop devices are autodetected)
	[a]sync		Writes are [a]synchronous
	[no]atime	Disable/enable updates to inode access times
	[no]diratime	Disable/enable atime updates to directories
	[no]relatime	Disable/enable atime updates relative to modification time
	[no]dev		(Dis)allow use of special device files
	[no]exec	(Dis)allow use of executable files
	[no]suid	(Dis)allow set-user-id-root programs
	[r]shared	Convert [recursively] to a shared subtree
	[r]slave	Convert [recursively] to a slave subtree
	[r]private	Convert [recursively] to a private subtree
	[un]bindable	Make mount point [un]able to be bind mounted
	[r]bind		Bind a file or directory [recursively] to another location
	move		Relocate an existing mount point
	remount		Remount a mounted filesystem, changing flags
	ro		Same as -r

There are filesystem-specific -o flags.`;

const umountHelp = `umount [-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY

Unmount filesystems

	-a	Unmount all filesystems
	-r	Remount devices read-only if mount is busy
	-l	Lazy umount (detach filesystem)
	-f	Force umount (i.e., unreachable NFS server)
	-d	Free loop device if it has been used
	-t FSTYPE[,...]	Unmount only these filesystem type(s)`;

/** `mount`: prints what is mounted. The kernel lets no process mount anything. */
export const mount = applet(
  {
    help: mountHelp,
    options: {
      flags: "afinrvsw",
      values: "otTO",
      long: { bind: "b", move: "m", "make-shared": "b", rbind: "b" },
    },
    prepare: (args) =>
      args.map((each) => (/^--(r?bind|move|make-)/.test(each) ? `-o${each.slice(2)}` : each)),
  },
  async (process, { name, given, operands, usage }) => {
    const [device, node] = operands;
    const options = (given.get("o") ?? []).flatMap((text) => text.split(","));
    const refuse = (problem: string, code = 1): number => {
      process.stderr(`${name}: ${problem}\n`);
      return code;
    };
    const permissionDenied = (code = 1) =>
      given.has("f") ? 0 : refuse("permission denied (are you root?)", code);
    if (operands.length > 2) return usage(process);
    if (node !== undefined) return permissionDenied(options.includes("loop") ? 255 : 1);
    if (device === undefined && !given.has("a")) {
      const wanted = given.get("t")?.at(-1);
      for (const { source, path, type, options } of mountsIn(process.files)) {
        if (wanted === undefined || wanted === type) {
          process.stdout(`${source} on ${path} type ${type} (${options})\n`);
        }
      }
      return 0;
    }
    if (device !== undefined && options.includes("remount")) {
      const isMounted = mountsIn(process.files).some(
        (each) => each.path === device || each.source === device,
      );
      return isMounted ? permissionDenied() : refuse(`can't find ${device} in /proc/mounts`);
    }
    const table = given.get("T")?.at(-1) ?? "/etc/fstab";
    const entries = tableIn(process, table);
    if (entries instanceof FileError) return refuse(`can't read '${table}': ${entries.message}`);
    if (device === undefined) {
      const codes = entries.map(() => permissionDenied());
      return codes.includes(1) ? 1 : 0;
    }
    const isListed = entries.some((fields) => fields.slice(0, 2).includes(device));
    return isListed ? permissionDenied() : refuse(`can't find ${device} in ${table}`);
  },
);

/** `umount`: the kernel lets no process unmount anything. */
export const umount = applet(
  { help: umountHelp, options: { flags: "arlfdDnv", values: "t" } },
  async (process, { name, given, operands, usage }) => {
    const mounts = mountsIn(process.files);
    if (operands.length === 0 && !given.has("a")) return usage(process);
    const types = given.get("t")?.flatMap((text) => text.split(","));
    const all = mounts.filter(({ type }) => types?.includes(type) ?? true).map(({ path }) => path);
    const paths = given.has("a") ? all.reverse() : operands.map((path) => mountPoint(process, path));
    for (const path of paths) process.stderr(`${name}: can't unmount ${path}: Operation not permitted\n`);
    return paths.length > 0 ? 1 : 0;
  },
);

function tableIn({ files }: ProcessContext, path: string): string[][] | FileError {
  try {
    const lines = new TextDecoder().decode(files.read(path)).split("\n");
    return lines.filter((line) => /^\s*[^#\s]/.test(line)).map((line) => line.trim().split(/\s+/));
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

/** What is no mount point keeps its name. */
function mountPoint({ files }: ProcessContext, path: string): string {
  const real = files.exists(path) ? files.realpath(path) : path;
  return mountsIn(files).find((each) => each.path === real || each.source === path)?.path ?? path;
}
