import { FileError, type FileStat } from "@dryharbor/kernel";
import { Accounts } from "./accounts.js";
import { applet } from "./applet.js";
import { formatDate, zoneOf } from "./dates.js";
import { modeText } from "./file-mode.js";

const help = `stat [-ltf] [-c FMT] FILE...

Display file (default) or filesystem status

	-c FMT	Use the specified format
	-f	Display filesystem status
	-L	Follow links
	-t	Terse display

FMT sequences for files:
 %a	Access rights in octal
 %A	Access rights in human readable form
 %b	Number of blocks allocated (see %B)
 %B	Size in bytes of each block reported by %b
 %d	Device number in decimal
 %D	Device number in hex
 %f	Raw mode in hex
 %F	File type
 %g	Group ID
 %G	Group name
 %h	Number of hard links
 %i	Inode number
 %n	File name
 %N	File name, with -> TARGET if symlink
 %o	I/O block size
 %s	Total size in bytes
 %t	Major device type in hex
 %T	Minor device type in hex
 %u	User ID
 %U	User name
 %x	Time of last access
 %X	Time of last access as seconds since Epoch
 %y	Time of last modification
 %Y	Time of last modification as seconds since Epoch
 %z	Time of last change
 %Z	Time of last change as seconds since Epoch

FMT sequences for file systems:
 %a	Free blocks available to non-superuser
 %b	Total data blocks
 %c	Total file nodes
 %d	Free file nodes
 %f	Free blocks
 %i	File System ID in hex
 %l	Maximum length of filenames
 %n	File name
 %s	Block size (for faster transfer)
 %S	Fundamental block size (for block counts)
 %t	Type in hex
 %T	Type in human readable form`;

const kinds: Readonly<Record<FileStat["type"], string>> = {
  file: "regular file",
  directory: "directory",
  symlink: "symbolic link",
  "character device": "character special file",
  "block device": "block special file",
  fifo: "fifo",
  socket: "socket",
};

const typeBits: Readonly<Record<FileStat["type"], number>> = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  "character device": 0o020000,
  "block device": 0o060000,
  fifo: 0o010000,
  socket: 0o140000,
};

/** `stat [-L] [-c FMT] FILE...`: prints the attributes of files. */
export const stat = applet(
  { help, options: { flags: "ltfL", values: "c" } },
  async (process, { name, given, operands, usage }) => {
    if (operands.length === 0) return usage(process);
    const { files } = process;
    const accounts = new Accounts(files);
    const format = given.get("c")?.at(-1);
    let code = 0;
    for (const path of operands) {
      try {
        const found = given.has("L") ? files.stat(path) : files.lstat(path);
        const target = found.type === "symlink" ? files.readlink(path) : undefined;
        process.stdout(`${shown(format ?? whole(found), found, path, target, accounts)}\n`);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        process.stderr(`${name}: can't stat '${path}': ${error.message}\n`);
        code = 1;
      }
    }
    return code;
  },
);

/** Returns the default format. */
function whole({ type }: FileStat): string {
  const device = type === "character device" || type === "block device" ? "     Device type: %t,%T" : "";
  return [
    "  File: %N",
    "  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F",
    `Device: %Dh/%dd\tInode: %-10i  Links: %-5h${device}`.trimEnd(),
    "Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)",
    "Access: %x",
    "Modify: %y",
    "Change: %z",
  ].join("\n");
}

function shown(
  format: string,
  found: FileStat,
  path: string,
  target: string | undefined,
  accounts: Accounts,
): string {
  const { mode, uid, gid, size, mtime, links, inode, type } = found;
  const time = formatDate("%Y-%m-%d %H:%M:%S.%N %z", mtime, zoneOf("UTC0"));
  const seconds = String(mtime / 1_000_000_000n);
  const values: Readonly<Record<string, string>> = {
    n: path,
    N: target === undefined ? path : `'${path}' -> '${target}'`,
    s: String(size),
    a: mode.toString(8),
    A: modeText(found),
    b: String(type === "file" || type === "directory" ? Math.ceil(size / 4096) * 8 : 0),
    B: "512",
    d: "41",
    D: "29",
    f: (mode | typeBits[type]).toString(16),
    F: type === "file" && size === 0 ? "regular empty file" : kinds[type],
    u: String(uid),
    U: accounts.userName(uid) ?? "UNKNOWN",
    g: String(gid),
    G: accounts.groupName(gid) ?? "UNKNOWN",
    h: String(links),
    i: String(inode),
    o: "4096",
    t: found.major.toString(16),
    T: found.minor.toString(16),
    x: time,
    y: time,
    z: time,
    X: seconds,
    Y: seconds,
    Z: seconds,
    "%": "%",
  };
  return format.replace(/%(-?)(0?)(\d*)(?:\.\d+)?([a-zA-Z%])/g, (all, left, zero, width, letter: string) => {
    const value = values[letter];
    if (value === undefined) return all;
    if (left) return value.padEnd(Number(width));
    return value.padStart(Number(width || 0), zero ? "0" : " ");
  });
}
