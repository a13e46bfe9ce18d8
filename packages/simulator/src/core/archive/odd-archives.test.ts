import { changed, emptyTree, type Files } from "@dryharbor/kernel/host";
import { checksumOf, putText, readEveryEntry, type TarEntry, tarOf } from "@dryharbor/kernel/tar";
import { EngineError } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { tarEntry } from "../../../test/tar-entry.js";
import { layerOf, treeOf } from "../images/layer-files.js";
import { release } from "../releases/release.js";
import type { ReleaseName } from "../releases/row.js";
import { unpack } from "./unpack.js";
import { UnpackError } from "./unpack-error.js";

// Seen: import and load of each layer, and PUT archive to /some/dir of each archive, on 20.10, 26.1, 28.5 and, but for layers,
// 29. An archive and the files that result are written alike: `f` and `f:7` files, the second of the user 7; `d/` a directory;
// `l>t` a symbolic link; `h=f` a hard link; `p|` a pipe; `f#9` an entry with the type flag 9.

const long = "n".repeat(256);

/** Layers: what 26.1 makes of them, and what 28.5 does, if that is something else. */
const layers: [archive: string, early: string, late?: string][] = [
  ["f h=f", "f h=f"],
  ["h=nope", "link /nope /h: no such file or directory", "linkat nope h: no such file or directory"],
  ["f h=../../f", "f h=f", 'invalid hardlink target "../../f"'],
  ["d/ h=d", "link /d /h: operation not permitted", "linkat d h: operation not permitted"],
  ["../../x", "x", 'invalid entry name "../../x"'],
  ["f f/y", "open /f/y: not a directory", "openat f/y: not a directory"],
  ["f f/y/z", "open /f/y/z: not a directory", "statat f/y: not a directory"],
  ["f f/p|", "not a directory", "openat f: not a directory"],
  ["s>/etc s/x", "open /s/x: no such file or directory", "etc/ etc/x s>/etc"],
  ["s>nope s/x", "open /s/x: no such file or directory", "nope/ nope/x s>nope"],
  ["s>nope s/a/x", "mkdir /s: file exists", "nope/ nope/a/ nope/a/x s>nope"],
  ["s>../.. s/x", "s>../.. x", "statat s: path escapes from parent"],
  [
    "s>t t>s s/x",
    "open /s/x: too many levels of symbolic links",
    "statat s: too many levels of symbolic links",
  ],
  ["a/ t>/u a/s>../t a/s/x", "open /a/s/x: no such file or directory", "a/ a/s>../t t>/u u/ u/x"],
  ["s>", "symlink  /s: no such file or directory", "symlinkat  s: no such file or directory"],
  [".wh.x", ""],
  ["a/.wh.x", "a/"],
  [
    "f .wh.f",
    'failed to mknod("/f", S_IFCHR, 0): file exists',
    "failed to mknod('f', S_IFCHR, 0): file exists",
  ],
  [".wh.", 'failed to mknod("/", S_IFCHR, 0): file exists', 'invalid whiteout entry ".wh."'],
  [".wh...", 'failed to mknod("/", S_IFCHR, 0): file exists', 'invalid whiteout entry ".wh..."'],
  [".wh.f f", "f"],
  ["c% f", "f"],
  ["n>q n/.wh..wh..opq", 'setxattr("/n", trusted.overlay.opaque=y): no such file or directory', "n>q q/"],
  ["f:4294967295", "f"],
  ["f:4294967303", "f:7"],
  [`${long}/x`, `open /${long}/x: file name too long`, `statat ${long}: file name too long`],
  ["f#7", "unhandled tar header type 55"],
  ["f#9", "unhandled tar header type 57"],
  ["g#g f", "f"],
  ["g#g g#g f", "duplicates of file paths not supported"],
  ["f f", "duplicates of file paths not supported"],
  ["f ./f g", "duplicates of file paths not supported"],
  ["f /f", "f"],
  ["f f=f", "link /f /f: no such file or directory", "linkat f f: no such file or directory"],
  ["/", ""],
  ["f /=f", "unlinkat .//: device or resource busy", "f"],
];

/** Archives that are unpacked into /some/dir, by 26.1 and by 28.5. */
const archives: [archive: string, early: string, late?: string][] = [
  ["f f", "f"],
  [".wh.x", ".wh.x"],
  ["d/ d/x d>x", "chtimes /some/dir/d: no such file or directory", "chtimesat d: no such file or directory"],
  ["../x", '"../x" is outside of "/some/dir"', 'invalid entry name "../x"'],
  ["h=../../x", 'invalid hardlink "/x" -> "../../x"', 'invalid hardlink target "../../x"'],
  ["s>../../x", 'invalid symlink "/some/dir/s" -> "../../x"', "s>../../x"],
  ["s>../dirx", "s>../dirx"],
  ["s>/etc s/x", "open /some/dir/s/x: no such file or directory", "etc/ etc/x s>/etc"],
  ["f#9", "unhandled tar header type 57"],
  ["c%", "operation not permitted"],
];

/** Layers over others: overlayfs shows what is not hidden. */
const stacks: [below: string, above: string, shown: string][] = [
  ["d/ d/a d/b", "d/ d/.wh.a d/c", "d/ d/b d/c"],
  ["d/ d/a", "d/.wh..wh..opq d/c", "d/ d/c"],
  ["a", ".wh..wh..opq b", "a b"],
  ["s>d d/ d/a", "s/x", "d/ d/a s/ s/x"],
  ["f", "f/x", "f/ f/x"],
  ["d:5/", "d/x", "d/ d/x"],
  ["f", "h=f", "link /f /h: no such file or directory"],
];

describe.each(["20.10", "26.1", "28.5"] as const)("on %s", (name) => {
  it.each(layers)("a layer of %j", (archive, early, late = early) => {
    const answer = outcome(() => shown(treeOf([layerOf(bytesOf(archive), emptyTree, release(name)).layer])));
    expect(answer).toBe(wordsOf(name, name === "28.5" ? late : early));
  });
});

describe.each(["26.1", "28.5", "29"] as const)("on %s", (name) => {
  it.each(archives)("an archive of %j", (archive, early, late = early) => {
    const answer = outcome(() => {
      const tree = changed(emptyTree, (files) => {
        files.makeDirectories("/some/dir", 0o755);
        const { unpacking } = release(name).archives;
        unpack(files, "/some/dir", readEveryEntry(bytesOf(archive)), { style: unpacking });
      });
      return shown(tree, "/some/dir");
    });
    expect(answer).toBe(name === "26.1" ? early : late);
  });
});

it.each(stacks)("%j below %j", (below, above, expected) => {
  const answer = outcome(() => {
    const lower = layerOf(bytesOf(below), emptyTree, release("26.1"));
    return shown(layerOf(bytesOf(above), lower.root, release("26.1")).root);
  });
  expect(answer).toBe(expected);
});

it("20.10 sets the times of directories before it refuses a name that is repeated", () => {
  const repeated = () => layerOf(bytesOf("d/ d>x"), emptyTree, release("20.10"));
  expect(repeated).toThrow(new UnpackError("chtimes /d: no such file or directory", true));
});

/** The words of a layer's store. 20.10 tells a repeated name as a stream that broke. */
function wordsOf(name: ReleaseName, text: string): string {
  const isTold = name === "20.10" && text.startsWith("duplicates");
  return isTold ? `Error processing tar file(${text}): ` : text;
}

function outcome(act: () => string): string {
  try {
    return act();
  } catch (error) {
    if (error instanceof UnpackError || error instanceof EngineError) return error.message;
    throw error;
  }
}

function bytesOf(archive: string): Uint8Array {
  const entries = archive.split(" ").map(entryOf);
  const bytes = tarOf(entries.map(({ entry }) => entry));
  for (const [at, { flag }] of entries.entries()) {
    if (flag === undefined) continue;
    const header = bytes.subarray(at * 512, (at + 1) * 512);
    putText(header, "typeFlag", flag);
    putText(header, "checksum", `${checksumOf(header).toString(8).padStart(6, "0")}\0 `);
  }
  return bytes;
}

function entryOf(text: string): { readonly entry: TarEntry; readonly flag?: string } {
  const [, name = "", sign = "", rest = ""] = /^(.*?)(?:([>=|#:%])(.*))?$/.exec(text) ?? [];
  const slash = text.endsWith("/") ? "/" : "";
  const given = { name: sign === ":" ? `${name}${slash}` : name, mode: 0o755 };
  if (sign === ":") {
    const type = slash ? "directory" : "file";
    return { entry: tarEntry({ ...given, type, uid: Number(rest.replace("/", "")) }) };
  }
  if (sign === ">") return { entry: tarEntry({ ...given, type: "symlink", linkName: rest }) };
  if (sign === "=") return { entry: tarEntry({ ...given, type: "hard link", linkName: rest }) };
  if (sign === "|") return { entry: tarEntry({ ...given, type: "fifo" }) };
  if (sign === "%") return { entry: tarEntry({ ...given, type: "character device" }) };
  if (sign === "#") return { entry: tarEntry(given), flag: rest };
  return { entry: tarEntry({ ...given, type: slash ? "directory" : "file" }) };
}

/** Shows the files of a tree as archives are written here. */
function shown(tree: Parameters<typeof changed>[0], top = "/"): string {
  const lines: string[] = [];
  const names = new Map<number, string>();
  const show = (files: Files, directory: string, before: string): void => {
    for (const name of files.list(directory)) {
      const path = `${directory === "/" ? "" : directory}/${name}`;
      const { type, inode, uid } = files.lstat(path);
      const known = names.get(inode);
      names.set(inode, `${before}${name}`);
      const owner = uid === 0 ? "" : `:${uid}`;
      if (known !== undefined) lines.push(`${before}${name}=${known}`);
      else if (type === "symlink") lines.push(`${before}${name}>${files.readlink(path)}`);
      else if (type === "directory") lines.push(`${before}${name}${owner}/`);
      else lines.push(`${before}${name}${owner}`);
      if (type === "directory") show(files, path, `${before}${name}/`);
    }
  };
  changed(tree, (files) => show(files, top, ""));
  return lines.join(" ");
}
