// As containerd 2.1.9 below a real 29.7.2 did, with imported archives and with the upper layer of loaded ones.
import { changed, emptyTree } from "@dryharbor/kernel/host";
import type { TarEntry } from "@dryharbor/kernel/tar";
import { expect, it } from "vitest";
import { bytesOnDisk } from "../images/unpacked.js";
import { landingOf } from "./landing.js";
import { laidOver } from "./layer.js";

const bytes = (text: string) => new TextEncoder().encode(text);

function entry(name: string, type: TarEntry["type"], more: Partial<TarEntry> = {}): TarEntry {
  const nobody = { uid: 0, gid: 0, userName: "", groupName: "" };
  const plain = { mode: 0o755, mtime: 0n, linkName: "", major: 0, minor: 0, content: bytes("") };
  return { name, type, ...nobody, ...plain, ...more };
}

/** Reads entries as `f name`, `d name`, `l name target` (symbolic) and `h name target` (hard), with commas between. */
function entries(text: string): TarEntry[] {
  return text.split(", ").map((each) => {
    const [kind, name = "", linkName = ""] = each.split(" ");
    if (kind === "d") return entry(name, "directory");
    if (kind === "l") return entry(name, "symlink", { linkName });
    if (kind === "h") return entry(name, "hard link", { linkName });
    return entry(name, "file", { content: bytes(name) });
  });
}

/** Unpacks one archive, or one on top of another, and lists what there is. */
function unpacked(upper: string, lower = ""): string {
  let tree = emptyTree;
  const shown: string[] = [];
  for (const [at, text] of [lower, upper].entries()) {
    if (text === "") continue;
    const { own, hidden } = landingOf(entries(text), { overlaid: at > 0 && lower !== "", directory: "/m" });
    tree = laidOver(tree, own, hidden);
  }
  changed(tree, (files) => {
    const visit = (directory: string): void => {
      for (const name of files.list(directory || "/")) {
        const path = `${directory}/${name}`;
        const { type } = files.lstat(path);
        const end = { directory: "/", symlink: `>${type === "symlink" ? files.readlink(path) : ""}` }[
          type as string
        ];
        shown.push(`${path.slice(1)}${end ?? ""}`);
        if (type === "directory") visit(path);
      }
    };
    visit("");
  });
  return shown.sort().join(" ");
}

it.each([
  ["f ../../x", "x"],
  ["f /a//b", "a/ a/b"],
  ["d ../.., f .", ""],
  ["f f, d f", "f/"],
  ["d d, f d/x, f d", "d"],
  ["l s ../../.., f s/x", "s>../../.. x"],
  ["l s /etc, f s/x", "etc/ etc/x s>/etc"],
  ["l s nope, f s/x", "nope/ nope/x s>nope"],
  ["f passwd, h hard ../../passwd", "hard passwd"],
  ["d d, f d/f, l s d, h h s/f", "d/ d/f h s>d"],
  ["f f, f .wh.f", ""],
  ["d d, f d/.wh..wh..opq, f d/x", "d/ d/x"],
  ["f .wh..wh.aufs, d .wh..wh.plnk, f .wh..wh.plnk/x", ".wh..wh.plnk/ .wh..wh.plnk/x"],
])("of '%s' there is '%s'", (archive, shown) => {
  expect(unpacked(archive)).toBe(shown);
});

const below = "d d, f d/f, l s d, f x, d e, f e/1";

it.each([
  // A link of the layers below is none in the layer's own directory, which has a directory in its place then.
  ["f s/new", "d/ d/f e/ e/1 s/ s/new x"],
  ["f .wh.x", "d/ d/f e/ e/1 s>d"],
  ["f d/.wh.f", "d/ e/ e/1 s>d x"],
  ["f e/3, f e/.wh..wh..opq", "d/ d/f e/ e/3 s>d x"],
  ["f .wh..wh..opq, f q", "d/ d/f e/ e/1 q s>d x"],
  ["f e", "d/ d/f e s>d x"],
  ["f x/y", "d/ d/f e/ e/1 s>d x/ x/y"],
])("'%s' on top of others leaves '%s'", (archive, shown) => {
  expect(unpacked(archive, below)).toBe(shown);
});

it.each([
  ["h hard nope", "link /m/nope /m/hard: no such file or directory"],
  ["h hard ../../etc/passwd", "link /m/etc/passwd /m/hard: no such file or directory"],
  ["f f, h f f", "link /m/f /m/f: no such file or directory"],
  ["d d, h h d", "link /m/d /m/h: operation not permitted"],
  ["f f, f f/y", "mkparent /m/f: not a directory"],
  ["f f, f f/y/z", "failed to get root path: lstat /m/f/y: not a directory"],
  ["l s t, l t s, f s/x", "failed to get root path: too many links"],
  ["d d, f d/x, l d x", "failed call to UtimesNanoAt for /m/x: no such file or directory"],
  ["l s", "symlink  /m/s: no such file or directory"],
  ["f .wh.", "invalid whiteout name: .wh.: invalid archive"],
  ["f a/.wh...", "invalid whiteout name: .wh...: invalid archive"],
  [`f ${"n".repeat(256)}`, `open /m/${"n".repeat(256)}: file name too long`],
])("'%s' is refused: %s", (archive, why) => {
  expect(() => unpacked(archive)).toThrow(why);
});

it("refuses a link to a file of the layers below, and a whiteout of one that it has itself", () => {
  expect(() => unpacked("h h x", below)).toThrow("link /m/x /m/h: no such file or directory");
  expect(() => unpacked("f x, f .wh.x", below)).toThrow(
    'failed to convert whiteout file ".wh.x": file exists',
  );
});

it("refuses types that tar does not know, and passes over a header for all that follows", () => {
  const { type: _, ...rest } = entry("f", "file");
  const other = (flag: number) =>
    landingOf([{ ...rest, type: "other", flag }], { overlaid: false, directory: "/m" }).left;
  expect(() => other(55)).toThrow("unhandled tar header type 55");
  expect(other(0x67)).toEqual([]);
});

it("takes 32 bits of an owner, of which the highest means none", () => {
  const owners = [2 ** 31, 2 ** 32, 2 ** 32 - 1, -1];
  const given = owners.map((uid, at) => entry(`f${at}`, "file", { uid }));
  const { left } = landingOf(given, { overlaid: false, directory: "/m" });
  expect(left.map(({ uid }) => uid)).toEqual([2 ** 31, 0, 0, 0]);
});

it("counts what is there in the end, and of a hard link nothing", () => {
  const size = (text: string) =>
    bytesOnDisk(landingOf(entries(text), { overlaid: false, directory: "/m" }).left);
  expect(size("f f, d g, f g/x, h g f")).toBe(8192);
  expect(size("f f, f .wh.f")).toBe(4096);
});
