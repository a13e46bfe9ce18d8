import type { Files } from "@dryharbor/kernel";
import { FileError } from "@dryharbor/kernel";
import { engineError } from "@dryharbor/sdk/port";
import { unixMode } from "../archive/mode.js";
import { leadsOut, withinScope } from "../archive/scope.js";
import { compareText } from "../go-order.js";
import { matchesGlob } from "../images/glob.js";
import type { Release } from "../releases/release.js";
import { sumOf, sumOfAll } from "./sum.js";

/** Files that COPY and ADD copy from: a context, or an image. */
export interface Source {
  readonly files: Files;
  /** Returns by what a file is known, where links lead to it. `path` is relative to the root. */
  sum(path: string): string;
  /** What is said where a file is not there. */
  readonly missing: string;
}

/** Something to copy. */
export interface Item {
  /** Relative to the root, as it was named. */
  readonly path: string;
  readonly sum: string;
}

/** The files of an image as a source. */
export function imageSource(release: Release, files: Files): Source {
  return {
    files,
    missing: "",
    sum(path) {
      const full = withinScope(files, path);
      const name = full.slice(1);
      if (!files.isThere(full)) return name;
      const stat = files.lstat(full);
      if (stat.type === "socket") return name;
      return sumOf({
        name: stat.type === "directory" ? `${name}/` : name,
        type: stat.type,
        mode: release.archives.modeHasType ? unixMode(stat) : stat.mode,
        uid: stat.uid,
        gid: stat.gid,
        linkName: "",
        // The engine of those releases asks its own host, which knows root alone here.
        ...(release.archives.namesOwners && {
          userName: stat.uid === 0 ? "root" : "",
          groupName: stat.gid === 0 ? "root" : "",
        }),
        major: stat.major,
        minor: stat.minor,
        content: stat.type === "file" ? files.content(full) : new Uint8Array(),
      });
    },
  };
}

/** Finds what the words of a COPY or an ADD name. @throws 500 something is not there */
export function itemsOf(source: Source, words: readonly string[]): Item[] {
  return words.flatMap((word) => {
    const path = word.replace(/^\//, "").replace(/^\.\//, "");
    return hasWildcards(path) ? itemsLike(source, path) : [itemOf(source, path)];
  });
}

function hasWildcards(path: string): boolean {
  return /[*?[]/.test(path.replace(/\\./gs, ""));
}

function itemsLike(source: Source, pattern: string): Item[] {
  return [...pathsBelow(source.files, "")]
    .filter((path) => matches(pattern, path))
    .map((path) => itemOf(source, path));
}

function matches(pattern: string, path: string): boolean {
  try {
    return matchesGlob(pattern, path);
  } catch {
    // What is no pattern matches nothing.
    return false;
  }
}

/** Yields the paths of all files below a directory, in the order of their names. */
function* pathsBelow(files: Files, directory: string): Generator<string> {
  for (const name of files.list(`/${directory}`).sort(compareText)) {
    const path = directory === "" ? name : `${directory}/${name}`;
    yield path;
    if (files.lstat(`/${path}`).type === "directory") yield* pathsBelow(files, path);
  }
}

function itemOf(source: Source, path: string): Item {
  const { files } = source;
  if (leadsOut(path)) throw engineError(500, `forbidden path outside the build context: ${path} ()`);
  const full = withinScope(files, path);
  let isDirectory: boolean;
  try {
    isDirectory = files.stat(full).type === "directory";
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const why = error.code === "ENOENT" ? "file does not exist" : error.message.toLowerCase();
    const before = error.code === "ENOENT" ? source.missing : "";
    throw engineError(500, `${before}stat ${path}: ${why}`);
  }
  if (!isDirectory) return { path, sum: `file:${source.sum(path)}` };
  const root = full.slice(1);
  const below = [...(root === "" ? [] : [root]), ...pathsBelow(files, root)];
  return { path, sum: sumOfAll("dir", below.map((each) => source.sum(each)).sort(compareText)) };
}

/** Returns by what several together are known. */
export function sumOfItems(items: readonly Item[]): string {
  const [first, ...more] = items;
  return first && more.length === 0
    ? first.sum
    : sumOfAll(
        "multi",
        items.map(({ sum }) => sum),
      );
}
