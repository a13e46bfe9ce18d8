import { describe, expect, it } from "vitest";
import { FileError } from "./file-error.js";
import { FileSystem } from "./file-system.js";
import { Files } from "./files.js";
import type { Mount } from "./mounts.js";
import { emptyTree, rootInode } from "./tree.js";

function mountOf(system = new FileSystem(emptyTree), readOnly = false): Mount {
  return { files: () => system, change: readOnly ? undefined : () => system, root: rootInode };
}

function filesOf(mounts: Readonly<Record<string, Mount>> = {}) {
  const table = new Map(Object.entries({ "/": mountOf(), ...mounts }));
  let now = 0n;
  return new Files(table, () => ++now);
}

const text = (data: Uint8Array) => new TextDecoder().decode(data);

function code(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof FileError) return error.code;
    throw error;
  }
  return "done";
}

describe("files", () => {
  it("are written, read, listed and removed", () => {
    const files = filesOf();
    files.mkdir("/a");
    files.write("/a/f", "one\n");
    files.write("a/f", "two\n", { append: true });
    expect(text(files.read("/a/../a/./f"))).toBe("one\ntwo\n");
    expect(files.list("/a")).toEqual(["f"]);
    expect(files.stat("/a/f")).toMatchObject({ type: "file", mode: 0o644, size: 8, links: 1 });
    files.unlink("/a/f");
    expect(code(() => files.read("/a/f"))).toBe("ENOENT");
    files.rmdir("/a");
    expect(files.list("/")).toEqual([]);
  });

  it("follow symbolic links within the root", () => {
    const files = filesOf();
    files.mkdir("/d");
    files.write("/d/f", "x");
    files.symlink("../../../d", "/d/up");
    files.symlink("f", "/d/l");
    files.symlink("/d/new", "/dangling");
    files.symlink("loop", "/loop");
    expect(text(files.read("/d/up/l"))).toBe("x");
    expect(files.realpath("/d/up/up/l")).toBe("/d/f");
    expect(files.lstat("/d/l").type).toBe("symlink");
    expect(files.readlink("/d/l")).toBe("f");
    files.write("/dangling", "made");
    expect(text(files.read("/d/new"))).toBe("made");
    expect(code(() => files.read("/loop"))).toBe("ELOOP");
    expect(code(() => files.mkdir("/d/l"))).toBe("EEXIST");
    files.unlink("/d/l");
    expect(files.exists("/d/f")).toBe(true);
  });

  it("fail as Linux has them fail", () => {
    const files = filesOf();
    files.mkdir("/d");
    files.write("/d/f", "x");
    expect(code(() => files.read("/d"))).toBe("EISDIR");
    expect(code(() => files.write("/d", "x"))).toBe("EISDIR");
    expect(code(() => files.read("/d/f/g"))).toBe("ENOTDIR");
    expect(code(() => files.read("/d/f/"))).toBe("ENOTDIR");
    expect(code(() => files.list("/d/f"))).toBe("ENOTDIR");
    expect(code(() => files.read(""))).toBe("ENOENT");
    expect(code(() => files.write("/n/f", "x"))).toBe("ENOENT");
    expect(code(() => files.mkdir("/d"))).toBe("EEXIST");
    expect(code(() => files.mkdir("/"))).toBe("EEXIST");
    expect(code(() => files.rmdir("/d"))).toBe("ENOTEMPTY");
    expect(code(() => files.rmdir("/d/f"))).toBe("ENOTDIR");
    expect(code(() => files.unlink("/d"))).toBe("EISDIR");
    expect(code(() => files.open("/d/f", { write: true, create: true, exclusive: true }))).toBe("EEXIST");
    expect(code(() => files.write(`/${"x".repeat(256)}`, ""))).toBe("ENAMETOOLONG");
    expect(code(() => files.open("/d/f").write(new Uint8Array(1)))).toBe("EBADF");
  });

  it("are renamed", () => {
    const files = filesOf();
    files.mkdir("/a");
    files.mkdir("/b");
    files.write("/a/f", "f");
    files.write("/g", "g");
    files.rename("/g", "/a/f");
    expect(text(files.read("/a/f"))).toBe("g");
    files.rename("/a", "/b");
    expect(files.list("/")).toEqual(["b"]);
    expect(code(() => files.rename("/b", "/b/c"))).toBe("EINVAL");
    expect(code(() => files.rename("/b/f", "/"))).toBe("EBUSY");
    files.mkdir("/e");
    expect(code(() => files.rename("/e", "/b"))).toBe("ENOTEMPTY");
    expect(code(() => files.rename("/e", "/b/f"))).toBe("ENOTDIR");
    expect(code(() => files.rename("/b/f", "/e"))).toBe("EISDIR");
    expect(code(() => files.rename("/none", "/e"))).toBe("ENOENT");
  });

  it("have several names", () => {
    const files = filesOf();
    files.write("/a", "1");
    files.link("/a", "/b");
    files.write("/b", "2");
    expect(text(files.read("/a"))).toBe("2");
    expect(files.stat("/a").links).toBe(2);
    files.unlink("/a");
    expect(files.stat("/b").links).toBe(1);
    expect(text(files.read("/b"))).toBe("2");
  });

  it("stay open when their name is gone", () => {
    const files = filesOf();
    const file = files.open("/f", { read: true, write: true, create: true });
    files.unlink("/f");
    files.write("/f", "another");
    file.write(new TextEncoder().encode("kept"));
    file.seek(0);
    expect(text(file.read())).toBe("kept");
    expect(text(files.read("/f"))).toBe("another");
  });

  it("grow without being copied for every piece, and old contents stay", () => {
    const files = filesOf();
    const log = files.open("/log", { append: true, create: true });
    const piece = new TextEncoder().encode("0123456789");
    const early = [];
    for (let count = 0; count < 50_000; count++) {
      log.write(piece);
      if (count < 3) early.push(files.read("/log"));
    }
    expect(files.stat("/log").size).toBe(500_000);
    expect(early.map(({ length }) => length)).toEqual([10, 20, 30]);
  });

  it("cross into what is mounted, and not out of it", () => {
    const root = new FileSystem(emptyTree);
    const bare = new Files(new Map([["/", mountOf(root)]]), () => 0n);
    for (const name of ["data", "fixed", "var"]) bare.mkdir(`/${name}`);
    bare.symlink("../data", "/var/link");
    const files = filesOf({ "/": mountOf(root), "/data": mountOf(), "/fixed": mountOf(undefined, true) });
    files.write("/var/link/f", "in the mount");
    expect(bare.list("/data")).toEqual([]);
    expect(files.list("/data")).toEqual(["f"]);
    files.write("/data/../g", "outside");
    expect(bare.list("/")).toEqual(["data", "fixed", "g", "var"]);
    expect(code(() => files.write("/fixed/f", "x"))).toBe("EROFS");
    expect(code(() => files.rename("/g", "/data/g"))).toBe("EXDEV");
    expect(code(() => files.rmdir("/data"))).toBe("EBUSY");
  });

  it("have a directory as their root", () => {
    const files = filesOf({ "/top/mount": mountOf() });
    files.makeDirectories("/top/d");
    files.write("/top/d/f", "below");
    const within = files.rooted("/top");
    expect(within.list("/")).toEqual(["d"]);
    within.symlink("/d/../../d/f", "/link");
    expect(text(within.read("/link"))).toBe("below");
    within.link("/d/f", "/hard");
    expect(files.lstat("/top/hard").links).toBe(2);
    expect(code(() => files.read("/top/link"))).toBe("ENOENT");
  });

  it("refuse paths and targets of links that are too long, and a link to nothing", () => {
    const files = filesOf();
    expect(code(() => files.lstat(`/${"d/".repeat(2047)}`))).toBe("ENOENT");
    expect(code(() => files.lstat(`/${"d/".repeat(2047)}f`))).toBe("ENAMETOOLONG");
    files.symlink("x".repeat(4095), "/long");
    expect(code(() => files.symlink("x".repeat(4096), "/longer"))).toBe("ENAMETOOLONG");
    expect(code(() => files.symlink("", "/empty"))).toBe("ENOENT");
  });

  it("are kept apart from the tree below", () => {
    const below = new FileSystem(emptyTree);
    const first = new Files(new Map([["/", mountOf(below)]]), () => 0n);
    first.write("/f", "image");
    first.mkdir("/d");
    const tree = below.freeze();
    const one = new Files(new Map([["/", mountOf(new FileSystem(tree))]]), () => 1n);
    const other = new Files(new Map([["/", mountOf(new FileSystem(tree))]]), () => 1n);
    one.write("/f", "changed");
    one.write("/d/g", "new");
    one.unlink("/f");
    expect(text(other.read("/f"))).toBe("image");
    expect(other.list("/d")).toEqual([]);
    expect(one.list("/")).toEqual(["d"]);
  });
});
