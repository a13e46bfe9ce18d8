import { binaryOf, type Files } from "@dryharbor/kernel";
import { busyboxBinary } from "../busybox/binary.js";

/** The files of an image as tables. Lines of texts are parted by line ends, names by blanks. */
export interface Layout {
  /** Directories with their modes, and the owner and the group where that is not root: `1777 /tmp`. */
  readonly directories: string;
  /** Symbolic links and where they lead: `/etc/mtab /proc/mounts`. */
  readonly links?: string;
  /** The contents of files. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Modes of {@link texts} other than 644, written as those of directories are. */
  readonly modes?: string;
  /** The lines of `/etc/passwd`. */
  readonly users?: string;
  /** The lines of `/etc/group`. */
  readonly groups?: string;
  /** The names of programs by directory. */
  readonly programs?: Programs;
  /** A BusyBox with its applets. */
  readonly busybox?: BusyBox;
}

/**
 * The names of programs, parted by blanks, by directory. `whoami=traefik-whoami` is a file `whoami` that runs another
 * program than the one of its name.
 */
export type Programs = Readonly<Record<string, string>>;

/** A BusyBox, which is `/bin/busybox`. */
interface BusyBox {
  readonly applets: Programs;
  /** Whether the applets are hard links. Otherwise they are symbolic ones. */
  readonly hardLinks: boolean;
}

/** Creates the files of a layout. What exists already stays, unless it is a text. */
export function layOut(files: Files, layout: Layout): void {
  for (const line of linesOf(layout.directories)) {
    const { path, mode, uid, gid } = attributesIn(line);
    if (!files.isThere(path)) files.makeDirectories(path, 0o755);
    files.chmod(path, mode);
    if (uid !== 0 || gid !== 0) files.chown(path, uid, gid);
  }
  for (const line of linesOf(layout.links)) {
    const [path = "", target = ""] = line.split(" ");
    if (!files.isThere(path)) files.symlink(target, path);
  }
  for (const [path, text] of Object.entries(layout.texts ?? {})) write(files, path, text);
  if (layout.users) append(files, "/etc/passwd", layout.users);
  if (layout.groups) append(files, "/etc/group", layout.groups);
  for (const line of linesOf(layout.modes)) {
    const { path, mode, uid, gid } = attributesIn(line);
    files.chmod(path, mode);
    if (uid !== 0 || gid !== 0) files.chown(path, uid, gid);
  }
  if (layout.busybox) addBusyBox(files, layout.busybox);
  for (const path of pathsOf(layout.programs)) {
    const [file = "", program] = path.split("=");
    addProgram(files, file, program);
  }
}

/**
 * Creates an executable binary.
 *
 * @param program the name of the program that it runs. Default: that of the file
 */
export function addProgram(files: Files, path: string, program?: string): void {
  if (files.isThere(path)) {
    // What runs another program than that of its name takes the place of BusyBox's.
    if (program === undefined) return;
    files.unlink(path);
  }
  files.makeDirectories(path.slice(0, path.lastIndexOf("/")) || "/", 0o755);
  files.write(path, program === undefined ? binary : binaryOf(program), { mode: 0o777 });
}

/** The first bytes of a binary program (ELF). */
const binary = new Uint8Array([0x7f, 0x45, 0x4c, 0x46]);

function addBusyBox(files: Files, { applets, hardLinks }: BusyBox): void {
  const paths = pathsOf(applets);
  const names = paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
  files.write("/bin/busybox", busyboxBinary(names), { mode: 0o777 });
  for (const path of paths) {
    if (files.isThere(path)) continue;
    if (hardLinks) files.link("/bin/busybox", path);
    else files.symlink("/bin/busybox", path);
  }
}

function pathsOf(programs: Programs = {}): string[] {
  return Object.entries(programs).flatMap(([directory, names]) =>
    wordsOf(names).map((name) => `${directory === "/" ? "" : directory}/${name}`),
  );
}

function write(files: Files, path: string, text: string): void {
  files.makeDirectories(path.slice(0, path.lastIndexOf("/")) || "/", 0o755);
  files.write(path, text);
}

function append(files: Files, path: string, text: string): void {
  const before = files.exists(path) ? new TextDecoder().decode(files.read(path)) : "";
  write(files, path, `${before}${linesOf(text).join("\n")}\n`);
}

/** Reads `MODE PATH [UID GID]`. */
function attributesIn(line: string): { path: string; mode: number; uid: number; gid: number } {
  const [mode = "", path = "", uid = "0", gid = "0"] = line.split(" ");
  return { path, mode: Number.parseInt(mode, 8), uid: Number(uid), gid: Number(gid) };
}

function linesOf(text = ""): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
