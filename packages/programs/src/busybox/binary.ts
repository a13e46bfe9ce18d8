// A BusyBox says in its binary which programs it has. So images with different builds need no table beside their files.
import type { Files } from "@dryharbor/kernel";

/** The first bytes of a binary program (ELF). */
const elf = [0x7f, 0x45, 0x4c, 0x46];
const mark = "\napplets\n";

/** Makes the binary of a BusyBox that has these programs, and runs them by the links to it alone. */
export function busyboxBinary(applets: readonly string[]): Uint8Array {
  const names = new TextEncoder().encode(`${mark}${applets.join("\n")}\n`);
  const content = new Uint8Array(elf.length + names.length);
  content.set(elf);
  content.set(names, elf.length);
  return content;
}

/**
 * Returns the names of the programs that the BusyBox of these files has. `"any"` is a binary that does not say so, which
 * counts as Debian's: it has all of them, and runs them without a file. `undefined` if there is no BusyBox.
 */
export function appletsIn(files: Files): readonly string[] | "any" | undefined {
  const content = files.executable("/bin/busybox")?.content;
  if (!content) return undefined;
  let applets = known.get(content);
  if (!applets) {
    applets = read(content);
    known.set(content, applets);
  }
  return applets;
}

/** By content, since the containers of an image share it. */
const known = new WeakMap<Uint8Array, readonly string[] | "any">();

function read(content: Uint8Array): readonly string[] | "any" {
  const text = new TextDecoder().decode(content.subarray(elf.length, 16_384));
  return text.startsWith(mark) ? text.slice(mark.length).trim().split("\n") : "any";
}
