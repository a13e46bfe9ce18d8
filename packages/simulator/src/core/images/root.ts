import type { Files } from "@dryharbor/kernel";
import { changed, emptyTree, type Tree } from "@dryharbor/kernel/host";
import { busyboxApplets } from "@dryharbor/programs";
import type { Image } from "./image.js";
import { treeOf } from "./layer.js";

const roots = new WeakMap<ReadonlySet<string>, Tree>();
/** Images with the same programs have the same files. */
const rootsByPrograms = new Map<string, Tree>();

/** The files of an image. */
export function rootOf({ executables, layers }: Image): Tree {
  return treeOf(layers, layers[0]?.archive === null ? madeUpRoot(executables) : emptyTree);
}

/** The files of an image that was defined: of one without programs none, else those of a small BusyBox system and the programs. */
function madeUpRoot(executables: ReadonlySet<string>): Tree {
  if (executables.size === 0) return emptyTree;
  const known = roots.get(executables);
  if (known) return known;
  const key = [...executables].join(":");
  const root = rootsByPrograms.get(key) ?? changed(emptyTree, (files) => addSystem(files, executables));
  rootsByPrograms.set(key, root);
  roots.set(executables, root);
  return root;
}

/** As large as Debian's; what is in it does not matter, as long as it begins as a program does. */
const busyboxSize = 2_063_232;

/** @param executables absolute paths */
function addSystem(files: Files, executables: ReadonlySet<string>): void {
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

/** How every program begins. */
const elf = [0x7f, 0x45, 0x4c, 0x46];

function program(size: number): Uint8Array {
  const content = new Uint8Array(size);
  content.set(elf);
  return content;
}

// As tools/engine-lab/mkimage.sh makes it.
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
