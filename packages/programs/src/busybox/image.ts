// The files of a BusyBox image. The simulator lays out its images with `addBusybox`.
import type { Files } from "@dryharbor/kernel";
import { busyboxApplets } from "./applets.js";

/**
 * The size of Debian's `busybox` in bytes. Only the first bytes of the content matter: they mark a program.
 */
const busyboxSize = 2_063_232;

/**
 * Creates the files of a BusyBox image: directories, configuration and programs.
 *
 * @param executables the absolute paths of the programs. BusyBox's programs become links to one file.
 */
export function addBusybox(files: Files, executables: ReadonlySet<string>): void {
  for (const directory of directories) files.mkdir(directory);
  for (const [link, target] of links) files.symlink(target, link);
  for (const [path, text] of Object.entries(texts)) files.write(path, text);
  files.chmod("/tmp", 0o1777);

  const applets = new Set(busyboxApplets.map((name) => `/bin/${name}`));
  if ([...executables].some((path) => applets.has(path))) {
    files.write("/bin/busybox", program(busyboxSize));
    files.chmod("/bin/busybox", 0o755);
  }
  for (const path of executables) {
    if (files.exists(path)) continue;
    files.makeDirectories(path.slice(0, path.lastIndexOf("/")) || "/");
    if (applets.has(path)) files.symlink("busybox", path);
    else {
      files.write(path, program(elf.length));
      files.chmod(path, 0o755);
    }
  }
}

/** The first bytes of a binary program (ELF). */
const elf = [0x7f, 0x45, 0x4c, 0x46];

function program(size: number): Uint8Array {
  const content = new Uint8Array(size);
  content.set(elf);
  return content;
}

// The layout is that of the image that tools/engine-lab/mkimage.sh builds.
const directories = [
  "/bin",
  "/dev",
  "/etc",
  "/proc",
  "/root",
  "/sys",
  "/tmp",
  "/usr",
  "/var",
  "/var/run",
  "/www",
] as const;
const links = [
  ["/sbin", "bin"],
  ["/usr/bin", "../bin"],
  ["/usr/sbin", "../bin"],
] as const;
const texts = {
  "/etc/group": "root:x:0:\n",
  "/etc/nsswitch.conf": "hosts: files dns\n",
  "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
  "/www/index.html": "ok\n",
} as const;
