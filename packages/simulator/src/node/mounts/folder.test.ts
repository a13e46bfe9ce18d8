import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileError } from "@dryharbor/kernel";
import { Files } from "@dryharbor/kernel/host";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Folder } from "./folder.js";
import { byDescriptor, byPath, type Opener } from "./opened.js";

const openers: readonly (readonly [name: string, open: (path: string) => Opener])[] = [
  ...(process.platform === "linux" ? [["by descriptor", byDescriptor] as const] : []),
  ["by path", byPath],
];

describe.each(openers)("a folder that is opened %s", (name, open) => {
  let above: string;
  let root: string;
  let folder: Folder;
  let files: Files;

  beforeEach(() => {
    above = realpathSync(mkdtempSync(join(tmpdir(), "folder-")));
    root = join(above, "root");
    mkdirSync(root);
    folder = new Folder(root, open(root));
    const mount = { files: () => folder, change: () => folder, root: 1 };
    files = new Files(new Map([["/", mount]]), () => 0n, { umask: 0o022 });
  });

  afterEach(() => {
    folder.close();
    rmSync(above, { recursive: true });
  });

  const code = (act: () => unknown): string => {
    try {
      act();
      return "";
    } catch (error) {
      if (error instanceof FileError) return error.code;
      throw error;
    }
  };
  const text = (path: string) => new TextDecoder().decode(files.read(path));

  it("reads and writes the machine's files", () => {
    writeFileSync(join(root, "a"), "one");
    chmodSync(join(root, "a"), 0o640);
    expect(text("/a")).toBe("one");
    const { mtimeNs, uid, size } = statSync(join(root, "a"), { bigint: true });
    expect(files.stat("/a")).toMatchObject({
      mode: 0o640,
      mtime: mtimeNs,
      uid: Number(uid),
      size: Number(size),
    });
    files.write("/a", "two", { append: true });
    expect(readFileSync(join(root, "a"), "utf8")).toBe("onetwo");
    const handle = files.open("/a", { read: true, write: true });
    handle.seek(8);
    handle.write(new TextEncoder().encode("!"));
    expect(readFileSync(join(root, "a"), "utf8")).toBe("onetwo\0\0!");
    handle.truncate(3);
    handle.seek(1);
    expect(new TextDecoder().decode(handle.read(10))).toBe("ne");
    files.write("/new", "hi", { mode: 0o666 });
    expect(lstatSync(join(root, "new")).mode & 0o7777).toBe(0o644);
    files.with({ umask: 0 }).mkdir("/d", 0o1777);
    expect(lstatSync(join(root, "d")).mode & 0o7777).toBe(0o1777);
    files.setTime("/new", 981_173_106_500_000_000n);
    expect(lstatSync(join(root, "new")).mtime.toISOString()).toBe("2001-02-03T04:05:06.500Z");
    expect(files.list("/")).toEqual(["a", "d", "new"]);
  });

  it("renames, links and removes", () => {
    files.makeDirectories("/d/e");
    files.write("/d/f", "1");
    files.rename("/d/f", "/d/e/g");
    expect(readFileSync(join(root, "d/e/g"), "utf8")).toBe("1");
    files.link("/d/e/g", "/h");
    expect(files.stat("/h").inode).toBe(files.stat("/d/e/g").inode);
    expect(files.stat("/h").links).toBe(2);
    files.symlink("d/e/g", "/l");
    expect(readlinkSync(join(root, "l"))).toBe("d/e/g");
    expect(text("/l")).toBe("1");
    files.write("/l", "2");
    expect(readFileSync(join(root, "h"), "utf8")).toBe("2");
    expect(code(() => files.rmdir("/d"))).toBe("ENOTEMPTY");
    expect(code(() => files.rename("/d", "/d/e/x"))).toBe("EINVAL");
    expect(code(() => files.mknod("/p", { type: "fifo" }))).toBe("EPERM");
    files.remove("/d");
    files.unlink("/l");
    expect(readdirSync(root)).toEqual(["h"]);
  });

  it("has no old file behind a new one's number", () => {
    files.write("/a", "1");
    const old = files.open("/a");
    files.unlink("/a");
    files.write("/b", "2");
    expect(code(() => old.read()) || new TextDecoder().decode(old.read())).not.toBe("2");
  });

  it("sees what others change on the machine", () => {
    mkdirSync(join(root, "d"));
    writeFileSync(join(root, "d/f"), "1");
    expect(text("/d/f")).toBe("1");
    renameSync(join(root, "d"), join(root, "e"));
    expect(files.exists("/d/f")).toBe(false);
    expect(text("/e/f")).toBe("1");
    linkSync(join(root, "e/f"), join(root, "g"));
    unlinkSync(join(root, "e/f"));
    expect(text("/g")).toBe("1");
    rmSync(join(root, "e"), { recursive: true });
    writeFileSync(join(root, "e"), "a file now");
    expect(code(() => files.read("/e/f"))).toBe("ENOTDIR");
    expect(text("/e")).toBe("a file now");
  });

  it("never opens what would block or act", async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(join(root, "s"), ready));
    expect(files.lstat("/s").type).toBe("socket");
    expect(code(() => files.read("/s"))).toBe("ENXIO");
    await new Promise((closed) => server.close(closed));
  });

  it("is gone once it is closed", () => {
    writeFileSync(join(root, "a"), "1");
    const handle = files.open("/a");
    folder.close();
    expect(code(() => handle.read()) || handle.read().length).not.toBe(1);
    expect(code(() => files.read("/a"))).toBe("ESTALE");
    folder = new Folder(root, open(root));
  });

  it.runIf(name === "by descriptor")("holds what has lost its name", () => {
    writeFileSync(join(root, "a"), "1");
    const { inode } = files.stat("/a");
    const { number, letGo } = folder.hold(inode);
    unlinkSync(join(root, "a"));
    writeFileSync(join(root, "a"), "2");
    expect(new TextDecoder().decode(folder.read(number, 0, 9))).toBe("1");
    expect(text("/a")).toBe("2");
    letGo();
    letGo();
    expect(folder.get(number)).toBeUndefined();
  });

  it("is what has its path, and what was held stays held", () => {
    writeFileSync(join(root, "a"), "old");
    const { number, letGo } = folder.hold(1);
    renameSync(root, join(above, "aside"));
    expect(code(() => files.list("/"))).toBe("ESTALE");
    mkdirSync(root);
    expect(files.list("/")).toEqual([]);
    writeFileSync(join(root, "b"), "new");
    expect(text("/b")).toBe("new");
    if (name === "by descriptor") {
      const mount = { files: () => folder, change: undefined, root: number };
      const held = new Files(new Map([["/", mount]]), () => 0n);
      expect(held.list("/")).toEqual(["a"]);
      expect(new TextDecoder().decode(held.read("/a"))).toBe("old");
    }
    letGo();
    rmSync(root, { recursive: true });
    symlinkSync("aside", root);
    expect(code(() => files.list("/"))).toBe("ESTALE");
    unlinkSync(root);
    mkdirSync(root);
  });

  it.runIf(name === "by descriptor")("does not follow a link that takes a directory's place", () => {
    mkdirSync(join(root, "d"));
    writeFileSync(join(root, "d/f"), "inside");
    mkdirSync(join(above, "out"));
    writeFileSync(join(above, "out/f"), "secret");
    const directory = files.stat("/d").inode;
    const file = files.stat("/d/f").inode;
    renameSync(join(root, "d"), join(root, "moved"));
    symlinkSync("../out", join(root, "d"));
    // Whoever has walked the path before the swap holds these numbers.
    expect(folder.get(directory)).toBeUndefined();
    expect(code(() => folder.read(file, 0, 9))).toMatch(/ENOTDIR|ELOOP|ESTALE/);
    expect(code(() => folder.write(file, 0, new Uint8Array([1])))).toMatch(/ENOTDIR|ELOOP|ESTALE/);
    expect(
      code(() =>
        folder.make(
          { directory, name: "n" },
          { type: "directory", entries: new Map(), mode: 0, uid: 0, gid: 0, mtime: 0n },
        ),
      ),
    ).toMatch(/ENOTDIR|ELOOP|ESTALE/);
    expect(readdirSync(join(above, "out"))).toEqual(["f"]);
    expect(readFileSync(join(above, "out/f"), "utf8")).toBe("secret");
  });

  const part = fc.constantFrom("a", "b", "c", "..", ".", "out", "root");
  const somewhere = fc
    .tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 6 }))
    .map(([absolute, parts]) => `${absolute ? "/" : ""}${parts.join("/")}`);
  const step = fc.oneof(
    fc.record({ act: fc.constant("real link" as const), at: somewhere, target: somewhere }),
    fc.record({
      act: fc.constantFrom("symlink" as const, "rename" as const, "link" as const),
      at: somewhere,
      target: somewhere,
    }),
    fc.record({
      act: fc.constantFrom(
        "write" as const,
        "mkdir" as const,
        "remove" as const,
        "chmod" as const,
        "read" as const,
        "list" as const,
        "time" as const,
      ),
      at: somewhere,
      target: fc.constant(""),
    }),
  );

  it("never leads out, whatever links and paths there are", () => {
    const secret = "only outside";
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        rmSync(root, { recursive: true });
        mkdirSync(join(root, "a/b"), { recursive: true });
        folder.close();
        folder = new Folder(root, open(root));
        for (const name of ["a", "b", "out"]) {
          rmSync(join(above, name), { recursive: true, force: true });
          mkdirSync(join(above, name));
          writeFileSync(join(above, name, "c"), secret);
          chmodSync(join(above, name, "c"), 0o600);
        }
        const before = shown(above);
        for (const { act, at, target } of steps) {
          const outcome = code(() => {
            switch (act) {
              case "real link": {
                const real = target.startsWith("/") ? join(above, target) : target;
                const path = join(root, "a", at.replaceAll("..", "d").replaceAll("/", "_"));
                if (!existsSync(join(root, "a")) || !lstatSync(join(root, "a")).isDirectory()) return;
                if (!existsSync(path) && !isThere(path)) symlinkSync(real, path);
                return;
              }
              case "symlink":
                return files.symlink(target.startsWith("/") ? join(above, target) : target, at);
              case "rename":
                return files.rename(at, target);
              case "link":
                return files.link(at, target);
              case "write":
                return files.write(at, "written");
              case "mkdir":
                return files.mkdir(at);
              case "remove":
                return files.remove(at);
              case "chmod":
                return files.chmod(at, 0o777);
              case "time":
                return files.setTime(at, 1n);
              case "list":
                return files.list(at);
              case "read":
                expect(new TextDecoder().decode(files.read(at))).not.toContain(secret);
            }
          });
          void outcome;
        }
        expect(shown(above)).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  /** Describes what is outside of the folder: names, contents, modes and times. */
  function shown(path: string): string {
    return ["a", "b", "out"]
      .map((name) => {
        const inner = join(path, name);
        const file = lstatSync(join(inner, "c"));
        return [
          name,
          readdirSync(inner),
          readFileSync(join(inner, "c"), "utf8"),
          file.mode,
          file.mtimeMs,
          file.nlink,
          lstatSync(inner).mode,
        ].join(" ");
      })
      .concat(readdirSync(path).join(" "))
      .join("\n");
  }

  function isThere(path: string): boolean {
    try {
      lstatSync(path);
      return true;
    } catch {
      return false;
    }
  }
});
